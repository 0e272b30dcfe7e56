package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.settings.GlobalListenerFactory;
import io.github.keycloakgigya.settings.SavedSettingsListener;
import io.github.keycloakgigya.settings.SavedSettingsListener.Save;
import java.util.Set;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm for mappers that administrators save; there is nothing to configure. */
public final class MapperListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-saved-mappers";

    private static final Set<Save> SAVES = Set.of(
            new Save(ResourceType.IDENTITY_PROVIDER_MAPPER, OperationType.CREATE),
            new Save(ResourceType.IDENTITY_PROVIDER_MAPPER, OperationType.UPDATE));

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SavedSettingsListener(session, SAVES, new SavedMappers(session));
    }
}
