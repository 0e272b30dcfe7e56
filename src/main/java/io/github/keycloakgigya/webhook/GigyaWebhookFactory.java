package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import java.time.Clock;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** The addresses below {@code /realms/{realm}/gigya}. */
public final class GigyaWebhookFactory implements RealmResourceProviderFactory, SupportedServersOnly {

    static final String PROVIDER_ID = StorageSettings.PROVIDER_ID;

    private final HookNode node = new HookNode(Clock.systemUTC());

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new Provider(session, node);
    }

    private record Provider(KeycloakSession session, HookNode node) implements RealmResourceProvider {

        @Override
        public Object getResource() {
            return new WebhookResource(session, node);
        }

        @Override
        public void close() {
            // Nothing of a session is held.
        }
    }

    /** {@return what this node has received for a user federation} */
    public static HookStatus statusOf(KeycloakSession session, String componentId) {
        var factory = (GigyaWebhookFactory)
                session.getKeycloakSessionFactory().getProviderFactory(RealmResourceProvider.class, PROVIDER_ID);
        return factory.node.log(componentId).status();
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
        node.close();
    }
}
