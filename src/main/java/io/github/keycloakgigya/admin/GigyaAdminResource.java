package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.federation.check.ConnectionReport;
import io.github.keycloakgigya.leaving.LeavingRuns;
import io.github.keycloakgigya.settings.AdminMessages;
import io.github.keycloakgigya.storage.StorageProperties;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code /admin/realms/{realm}/gigya}: what an administrator can have tried out. */
public final class GigyaAdminResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;
    private final LeavingRuns runs;

    GigyaAdminResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator permissions,
            AdminEventBuilder events,
            LeavingRuns runs) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
        this.events = events;
        this.runs = runs;
    }

    /**
     * One step of a test.
     *
     * @param message what to do, in the administrator's language; empty where there is nothing to do
     */
    public record CheckAnswer(String name, String status, String message) {}

    /** What a test found. */
    public record TestAnswer(String status, List<CheckAnswer> checks) {}

    /**
     * {@return which settings of a user federation work, and what to do about the first that does not}
     *
     * @param body a component's representation, or the id of a component; see {@link ConnectionTestRequest}
     */
    @POST
    @Path("test-connection")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public TestAnswer testConnection(String body) {
        permissions.realm().requireManageRealm();
        var report = ConnectionTestRequest.run(session, realm, body);
        var messages = new AdminMessages(session, realm, StorageProperties.labels());
        return new TestAnswer(
                lowerCase(report.failure().isPresent() ? ConnectionReport.Status.FAILED : ConnectionReport.Status.OK),
                report.checks().stream()
                        .map(check -> new CheckAnswer(
                                check.step().id(),
                                lowerCase(check.status()),
                                check.message().map(messages::of).orElse("")))
                        .toList());
    }

    /** {@return what tells what a full sync would do} */
    @Path("sync-preview")
    public SyncPreviewResource syncPreview() {
        return new SyncPreviewResource(session, realm, permissions);
    }

    /** {@return what sets the webhook of a user federation up} */
    @Path("webhook")
    public WebhookAdminResource webhook() {
        return new WebhookAdminResource(session, realm, permissions, events);
    }

    /**
     * {@return what leads to Keycloak alone}
     *
     * @param id of the user federation that is left
     */
    @Path("leaving/{id}")
    public LeavingResource leaving(@PathParam("id") String id) {
        permissions.realm().requireManageRealm();
        permissions.users().requireManage();
        return new LeavingResource(session, realm, NamedFederation.of(realm, id), events, runs);
    }

    private static String lowerCase(ConnectionReport.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
