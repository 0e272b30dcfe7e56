package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.GlobalListenerFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** Listens for sign-outs in every realm; there is nothing to configure. */
public final class SignOutListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-sign-out";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SignOutListener(session);
    }
}
