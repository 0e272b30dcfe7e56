package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.GlobalListenerFactory;
import io.github.keycloakgigya.settings.SavedSettingsListener;
import io.github.keycloakgigya.settings.SavedSettingsListener.Save;
import java.util.Set;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm for settings of steps that administrators save; there is nothing to configure. */
public final class StepListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-saved-steps";

    // A step can be added with settings that are there already. One that is there and wrong may be switched off.
    private static final Set<Save> SAVES = Set.of(
            new Save(ResourceType.AUTHENTICATOR_CONFIG, OperationType.CREATE),
            new Save(ResourceType.AUTHENTICATOR_CONFIG, OperationType.UPDATE),
            new Save(ResourceType.AUTH_EXECUTION, OperationType.CREATE));

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SavedSettingsListener(session, SAVES, new SavedSteps(session));
    }
}
