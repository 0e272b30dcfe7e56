package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.leaving.LeavingReport;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponse;

/** The report in the form that a client accepts: JSON, a page of users at a time; all of them as CSV; or a page to look at. */
final class ReportAnswer {

    private static final MediaType CSV = new MediaType("text", "csv");
    private static final String NAME = "leaving-gigya";

    private final KeycloakSession session;
    private final LeavingReport report;
    private final Optional<String> state;

    /** @param state only users in this state; empty for all */
    ReportAnswer(KeycloakSession session, LeavingReport report, Optional<String> state) {
        this.session = session;
        this.report = report;
        this.state = state;
    }

    /**
     * {@return the first form of those that are accepted; JSON where the client takes anything}
     *
     * @param after where a page of JSON begins; may be null
     * @param most how many users it holds at most; null for as many as possible
     */
    Response in(List<MediaType> accepted, String after, Integer most) {
        for (var type : accepted) {
            if (isWild(type) || is(type, MediaType.APPLICATION_JSON_TYPE)) {
                return json(after, most);
            }
            if (is(type, CSV)) {
                return csv();
            }
            if (is(type, MediaType.TEXT_HTML_TYPE)) {
                return html();
            }
        }
        throw ErrorResponse.error("The report is application/json, text/csv or text/html", Status.NOT_ACCEPTABLE);
    }

    private static boolean isWild(MediaType type) {
        return type.isWildcardType() || type.isWildcardSubtype();
    }

    private static boolean is(MediaType type, MediaType other) {
        return type.getType().equalsIgnoreCase(other.getType())
                && type.getSubtype().equalsIgnoreCase(other.getSubtype());
    }

    private Response json(String after, Integer most) {
        var size = most == null ? LeavingReport.MOST : most;
        if (size < 1 || size > LeavingReport.MOST) {
            throw ErrorResponse.error("max is from 1 to " + LeavingReport.MOST, Status.BAD_REQUEST);
        }
        return Response.ok(report.page(state, after == null ? "" : after, size), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Response csv() {
        return file((StreamingOutput) out -> report.csv(state, out), CSV.withCharset("utf-8"), ".csv")
                .build();
    }

    private Response html() {
        // Keycloak would put the realm's headers, which let scripts run, in the place of these:
        // DefaultSecurityHeadersProvider.
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        return file(report.html(Clock.systemUTC()), MediaType.TEXT_HTML_TYPE.withCharset("utf-8"), ".html")
                .header("Content-Security-Policy", LeavingReport.policyOfHtml() + "; frame-ancestors 'none'")
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    // To be kept and opened from there: nothing of it is to run as a page of Keycloak's own.
    private static ResponseBuilder file(Object content, MediaType type, String ending) {
        return Response.ok(content, type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + NAME + ending + "\"");
    }
}
