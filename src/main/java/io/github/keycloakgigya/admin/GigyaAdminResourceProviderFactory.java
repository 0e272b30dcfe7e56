package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;

/** The admin resource {@code gigya}. */
public final class GigyaAdminResourceProviderFactory
        implements AdminRealmResourceProviderFactory, SupportedServersOnly {

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new GigyaAdminResourceProvider();
    }

    @Override
    public void init(Config.Scope config) {
        // There is nothing to configure.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing depends on other providers.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String getId() {
        return StorageSettings.PROVIDER_ID;
    }
}
