package io.github.keycloakgigya.storage;

import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** What administrators can ask of a realm's user federations {@code gigya}. */
public final class GigyaAdminResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    GigyaAdminResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /** {@return what a full sync would do} */
    @Path("sync-preview")
    public SyncPreviewResource syncPreview() {
        return new SyncPreviewResource(session, realm, auth);
    }
}
