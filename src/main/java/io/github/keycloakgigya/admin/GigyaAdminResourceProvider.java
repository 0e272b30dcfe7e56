package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.leaving.LeavingRuns;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Puts {@link GigyaAdminResource} below a realm's address in the admin API. */
final class GigyaAdminResourceProvider implements AdminRealmResourceProvider {

    private final LeavingRuns runs;

    GigyaAdminResourceProvider(LeavingRuns runs) {
        this.runs = runs;
    }

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return new GigyaAdminResource(session, realm, auth, adminEvent, runs);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
