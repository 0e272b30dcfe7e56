package io.github.keycloakgigya.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.keycloakgigya.federation.release.ReleaseResult;
import io.github.keycloakgigya.federation.release.ReleaseResult.RejoinResult;
import io.github.keycloakgigya.federation.release.Releases;
import io.github.keycloakgigya.federation.release.Releases.Whom;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.leaving.LeavingReport;
import io.github.keycloakgigya.settings.SettingsException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/** What an administrator asks for who wants users to leave a federation, or to join it again. */
final class ReleaseRequest {

    private static final String EXPECTED =
            "Expected was either {\"users\":[\"id\"]}, {\"state\":\"ready\"} or {\"all\":true}";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final LeavingReport report;

    /** @param report tells who is in a state */
    ReleaseRequest(KeycloakSession session, RealmModel realm, ComponentModel component, LeavingReport report) {
        this.session = session;
        this.realm = realm;
        this.component = component;
        this.report = report;
    }

    /**
     * The request, of which one of the first three is given.
     *
     * @param users ids; null where others are meant
     * @param state those who are in it, by the report; null where others are meant
     * @param all true, or null
     * @param force how many users may leave who can't sign in then; null where nobody may
     */
    private record Body(List<String> users, String state, Boolean all, Long force) {

        boolean isClear() {
            return Stream.of(users != null, state != null, Boolean.TRUE.equals(all))
                                    .filter(given -> given)
                                    .count()
                            == 1
                    && (users == null || users.stream().allMatch(Objects::nonNull))
                    && (state == null || LeavingReport.knows(state));
        }
    }

    private Whom whom(Body body) {
        if (!body.isClear()) {
            throw new BadRequestException(EXPECTED);
        }
        if (body.state() != null) {
            return new Whom.Listed((id, most) -> report.ids(body.state(), id, most));
        }
        return body.users() == null ? new Whom.All() : new Whom.Named(body.users());
    }

    /**
     * The answer to whoever has to know how many users could not sign in.
     *
     * @param unable how many: what {@code force} has to name
     */
    private record Refusal(String errorMessage, long unable) {}

    /** @param soFar told after each part */
    ReleaseResult release(String text, Consumer<ReleaseResult> soFar) {
        var body = read(text);
        var whom = whom(body);
        var releases = releases();
        var unable = releases.unable(whom);
        if (unable != Objects.requireNonNullElse(body.force(), 0L)) {
            throw refused(unable, body.force());
        }
        return releases.release(whom, unable, soFar);
    }

    /** @param soFar told after each part */
    RejoinResult rejoin(String text, Consumer<RejoinResult> soFar) {
        var body = read(text);
        if (body.force() != null) {
            throw new BadRequestException("Nobody has to be forced back");
        }
        var whom = whom(body);
        return releases().rejoin(whom, soFar);
    }

    // The number is another one after a request that was cut off: what it released has left, and is not counted again.
    private static ErrorResponseException refused(long unable, Long force) {
        var message = (unable == 0
                        ? "Everybody could sign in without Gigya, so that nobody has to be forced"
                        : unable
                                + " of these users could not sign in without Gigya: they have no password in Keycloak, no"
                                + " passkey and no other identity provider. Nobody was released")
                + (force == null
                        ? ""
                        : ". The request says " + force + ", and the present number is " + unable
                                + ": users who have left are not counted any more, also those whom a request released"
                                + " that was cut off, and users may have lost or found a way to sign in since. Look at"
                                + " the report, and send the request with "
                                + (unable == 0 ? "no \"force\"" : "\"force\": " + unable));
        return new ErrorResponseException(Response.status(Status.CONFLICT)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Refusal(message, unable))
                .build());
    }

    private static Body read(String text) {
        try {
            return Stream.ofNullable(JsonSerialization.mapper.readValue(text, Body.class))
                    .findFirst()
                    .orElseThrow(() -> new BadRequestException(EXPECTED));
        } catch (JsonProcessingException unreadable) {
            throw new BadRequestException(EXPECTED, unreadable);
        }
    }

    private Releases releases() {
        try {
            if (!StorageSettings.of(session, component).importEnabled()) {
                throw ErrorResponse.error(
                        "Users are not imported, and Keycloak has nothing of them that it could keep: switch"
                                + " importEnabled on, and synchronize, before they leave",
                        Status.BAD_REQUEST);
            }
            return Releases.of(session, realm, component);
        } catch (SettingsException wrongSetting) {
            throw ErrorResponse.error(wrongSetting.getMessage(), Status.BAD_REQUEST);
        }
    }
}
