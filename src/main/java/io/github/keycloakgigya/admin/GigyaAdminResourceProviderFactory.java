package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.leaving.LeavingRuns;
import io.github.keycloakgigya.leaving.LeavingWatch;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The admin resource {@code gigya}. */
public final class GigyaAdminResourceProviderFactory
        implements AdminRealmResourceProviderFactory, SupportedServersOnly {

    private final LeavingRuns runs = new LeavingRuns();

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new GigyaAdminResourceProvider(runs);
    }

    @Override
    public void init(Config.Scope config) {
        // There is nothing to configure.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent started) {
                LeavingWatch.keep(started.getFactory(), runs, GigyaUserStorageProviderFactory::bulkOf);
            }
        });
    }

    @Override
    public void close() {
        runs.close();
    }

    @Override
    public String getId() {
        return StorageSettings.PROVIDER_ID;
    }

    /** Puts {@link GigyaAdminResource} below a realm's address in the admin API. */
    static final class GigyaAdminResourceProvider implements AdminRealmResourceProvider {

        private final LeavingRuns runs;

        GigyaAdminResourceProvider(LeavingRuns runs) {
            this.runs = runs;
        }

        @Override
        public Object getResource(
                KeycloakSession session,
                RealmModel realm,
                AdminPermissionEvaluator auth,
                AdminEventBuilder adminEvent) {
            return new GigyaAdminResource(session, realm, auth, adminEvent, runs);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
