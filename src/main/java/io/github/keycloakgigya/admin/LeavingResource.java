package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.federation.release.ReleaseResult;
import io.github.keycloakgigya.federation.release.ReleaseResult.RejoinResult;
import io.github.keycloakgigya.federation.transfer.JpaLegacyPasswords;
import io.github.keycloakgigya.leaving.Leaving;
import io.github.keycloakgigya.leaving.Leaving.RunningException;
import io.github.keycloakgigya.leaving.LeavingAnswer;
import io.github.keycloakgigya.leaving.LeavingReport;
import io.github.keycloakgigya.leaving.LeavingRuns;
import io.github.keycloakgigya.leaving.LeavingRuns.BrokenOffException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import io.github.keycloakgigya.sync.SyncLock.LockLostException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.storage.UserStorageProviderModel;

/**
 * {@code /admin/realms/{realm}/gigya/leaving/{component id}}: what an administrator does to leave Gigya. Only whoever may
 * manage the realm and its users gets here.
 */
public final class LeavingResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final LeavingEvents events;
    private final LeavingRuns runs;

    /**
     * The resource of one federation.
     *
     * @param component the user federation that is left
     * @param runs the threads of this node
     */
    LeavingResource(
            KeycloakSession session,
            RealmModel realm,
            ComponentModel component,
            AdminEventBuilder events,
            LeavingRuns runs) {
        this.session = session;
        this.realm = realm;
        this.component = component;
        this.events = new LeavingEvents(session, events, component.getId());
        this.runs = runs;
    }

    /** {@return how far the last run is, on whatever node} */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public LeavingAnswer progress() {
        return leaving().progress();
    }

    /**
     * What only this extension can verify.
     *
     * @param passwords how many of the realm's
     */
    public record LegacyPasswords(long passwords) {}

    /** {@return how many passwords of the realm would be lost with the jar} Shows them as a metric, too. */
    @GET
    @Path("legacy-passwords")
    @Produces(MediaType.APPLICATION_JSON)
    public LegacyPasswords legacyPasswords() {
        return new LegacyPasswords(JpaLegacyPasswords.count(session, realm));
    }

    /** {@return how far the last preview is, on whatever node, and what a run would do} */
    @GET
    @Path("preview")
    @Produces(MediaType.APPLICATION_JSON)
    public LeavingAnswer previewed() {
        return leaving().previewed();
    }

    /**
     * Starts to look in the background what a run would do, and answers 202; or looks at the accounts of a file, and
     * answers what. Writes nothing. Answers 409 while a run or another preview is under way.
     *
     * @param file accounts, one JSON object a line, where {@code Content-Type} says so; else the site's are looked at
     */
    @POST
    @Path("preview")
    @Produces(MediaType.APPLICATION_JSON)
    public Response preview(InputStream file) {
        var isFile = isFile();
        return begun("preview", isFile, answered(leaving -> isFile ? leaving.preview(file) : leaving.preview()));
    }

    /**
     * Starts a run in the background, and answers 202; or transfers the accounts of a file, and answers how that ended.
     * Answers 409 while a run or a preview is under way.
     *
     * @param anew whether a run that was stopped or failed begins at the beginning
     * @param file as with {@link #preview}
     */
    @POST
    @Path("start")
    @Produces(MediaType.APPLICATION_JSON)
    public Response start(@QueryParam("anew") boolean anew, InputStream file) {
        var isFile = isFile();
        return begun("start", isFile, answered(leaving -> isFile ? transferred(leaving, file) : leaving.start(anew)));
    }

    private Response begun(String what, boolean isFile, LeavingAnswer answer) {
        events.tell(isFile ? what + "-file" : what);
        return Response.status(isFile ? Status.OK : Status.ACCEPTED)
                .entity(answer)
                .build();
    }

    /** {@return how far the run or preview is that ends now} Within seconds, where it works on another node. */
    @POST
    @Path("stop")
    @Produces(MediaType.APPLICATION_JSON)
    public LeavingAnswer stop() {
        var answer = leaving().stop();
        events.tell("stop");
        return answer;
    }

    /**
     * {@return what has become of users, in the form that the client accepts}
     *
     * @param state only users in this state; null for all
     * @param after where a page of JSON begins: what the page before called {@code next}; null for the first
     * @param most how many users a page of JSON holds at most; null for as many as possible
     */
    @GET
    @Path("report")
    @Produces({MediaType.APPLICATION_JSON, "text/csv", MediaType.TEXT_HTML})
    public Response report(
            @QueryParam("state") String state, @QueryParam("after") String after, @QueryParam("max") Integer most) {
        return new ReportAnswer(session, report(), Optional.ofNullable(state))
                .in(headers().getAcceptableMediaTypes(), after, most);
    }

    private LeavingReport report() {
        try {
            return LeavingReport.of(session, realm, component, leaving().progress());
        } catch (SettingsException wrongSetting) {
            throw ErrorResponse.error(wrongSetting.getMessage(), Status.BAD_REQUEST);
        }
    }

    /**
     * {@return what became of users who were to leave the federation} Answers 409 with their number where some could not sign
     * in without Gigya; {@code force} is to be exactly that then.
     *
     * @param body names them: {@code {"users":["id"]}}, {@code {"state":"ready"}} or {@code {"all":true}}, perhaps with
     *     {@code "force":n}
     */
    @POST
    @Path("release")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public ReleaseResult release(String body) {
        var request = new ReleaseRequest(session, realm, component, report());
        return events.told("release", ReleaseResult.NOTHING, soFar -> request.release(body, soFar));
    }

    /**
     * {@return what became of users who were to join the federation again}
     *
     * @param body names them as {@link #release} does
     */
    @POST
    @Path("rejoin")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public RejoinResult rejoin(String body) {
        var request = new ReleaseRequest(session, realm, component, report());
        return events.told("rejoin", RejoinResult.NOTHING, soFar -> request.rejoin(body, soFar));
    }

    private LeavingAnswer transferred(Leaving leaving, InputStream file) throws SettingsException, RunningException {
        try {
            return leaving.transfer(file);
        } catch (RuntimeException brokenOff) {
            events.tellOfFailed("start-file", brokenOff);
            throw brokenOff;
        }
    }

    private HttpHeaders headers() {
        return session.getContext().getHttpRequest().getHttpHeaders();
    }

    private boolean isFile() {
        var type = headers().getMediaType();
        if (type == null || type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            return false;
        }
        return switch ((type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT)) {
            case "application/x-ndjson", "text/plain" -> true;
            case MediaType.APPLICATION_FORM_URLENCODED -> false;
            default ->
                throw ErrorResponse.error(
                        "A file of accounts is application/x-ndjson or text/plain", Status.UNSUPPORTED_MEDIA_TYPE);
        };
    }

    private interface Work {
        LeavingAnswer of(Leaving leaving) throws SettingsException, RunningException;
    }

    private LeavingAnswer answered(Work work) {
        if (!new UserStorageProviderModel(component).isImportEnabled()) {
            throw ErrorResponse.error("Users are not imported, so that nothing can go along", Status.BAD_REQUEST);
        }
        try {
            return work.of(leaving());
        } catch (RunningException running) {
            throw ErrorResponse.error(running.getMessage(), Status.CONFLICT);
        } catch (LockLostException lost) {
            throw ErrorResponse.error("Another node has taken over, or the federation was removed", Status.CONFLICT);
        } catch (BrokenOffException brokenOff) {
            throw ErrorResponse.error(brokenOff.getMessage(), Status.SERVICE_UNAVAILABLE);
        } catch (SettingsException wrongSetting) {
            throw ErrorResponse.error(wrongSetting.getMessage(), Status.BAD_REQUEST);
        }
    }

    private Leaving leaving() {
        var sessions = session.getKeycloakSessionFactory();
        return new Leaving(sessions, realm.getId(), component, GigyaUserStorageProviderFactory.bulkOf(session), runs);
    }
}
