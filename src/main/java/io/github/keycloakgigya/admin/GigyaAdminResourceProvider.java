package io.github.keycloakgigya.admin;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Puts {@link GigyaAdminResource} below a realm's address in the admin API. */
final class GigyaAdminResourceProvider implements AdminRealmResourceProvider {

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return new GigyaAdminResource(session, realm, auth, adminEvent);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
