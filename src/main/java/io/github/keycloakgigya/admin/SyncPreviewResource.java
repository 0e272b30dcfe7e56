package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import io.github.keycloakgigya.sync.ClusterView;
import io.github.keycloakgigya.sync.SyncLock;
import io.github.keycloakgigya.sync.SyncLock.LockLostException;
import io.github.keycloakgigya.sync.SyncLock.Workplace;
import io.github.keycloakgigya.sync.SyncPreview;
import io.github.keycloakgigya.sync.SyncStates;
import io.github.keycloakgigya.sync.SyncTarget;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.util.Map;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Tells an administrator what a full sync would do: {@code POST /admin/realms/{realm}/gigya/sync-preview}. */
public final class SyncPreviewResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    SyncPreviewResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /**
     * {@return what a full sync would do} Writes no user. Answers 409 while a sync or another preview runs.
     *
     * @param request names the federation in {@code componentId}
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public SyncPreview.Report preview(Map<String, String> request) {
        auth.users().requireManage();
        auth.realm().requireViewRealm();
        var component = NamedFederation.of(realm, request == null ? null : request.get("componentId"));
        try {
            var federation = SyncTarget.of(
                    session.getKeycloakSessionFactory(),
                    realm.getId(),
                    component,
                    GigyaUserStorageProviderFactory.bulkOf(session));
            if (!federation.settings().importEnabled()) {
                throw ErrorResponse.error("Users are not imported", Status.BAD_REQUEST);
            }
            return locked(federation, component);
        } catch (LockLostException lost) {
            throw ErrorResponse.error("A sync has taken over, or the federation was removed", Status.CONFLICT);
        } catch (SettingsException wrongSetting) {
            throw ErrorResponse.error(wrongSetting.getMessage(), Status.BAD_REQUEST);
        } catch (GigyaException unavailable) {
            throw ErrorResponse.error(unavailable.getMessage(), Status.BAD_GATEWAY);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ErrorResponse.error("The server stops", Status.SERVICE_UNAVAILABLE);
        }
    }

    // A preview asks Gigya for as much as a sync does. One that dies loses its lock after a while, as a sync.
    private SyncPreview.Report locked(SyncTarget federation, ComponentModel component)
            throws GigyaException, InterruptedException {
        var sessions = session.getKeycloakSessionFactory();
        var states = new SyncStates(sessions, SyncStates.Work.SYNC, realm.getId(), component.getId());
        var taken = SyncLock.take(states, Clock.systemUTC(), ClusterView.of(sessions))
                .orElseThrow(() -> ErrorResponse.error(
                        "A sync or another preview of this federation is running", Status.CONFLICT));
        try (var lock = taken) {
            var place = new Workplace(lock, "gigya-sync-preview", 0, () -> {});
            try {
                return new SyncPreview(federation, lock).run();
            } finally {
                place.close();
            }
        }
    }
}
