package io.github.keycloakgigya.authentication;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;

/** Whether the application, or Keycloak itself, demands a new sign-in although a session may be open. */
final class Reauthentication {

    private final AuthenticationFlowContext context;

    Reauthentication(AuthenticationFlowContext context) {
        this.context = context;
    }

    boolean isDemanded() {
        var login = context.getAuthenticationSession();
        // Keycloak's cookie authenticator leaves the note where it found a session that is not good enough. Without a
        // session it is the protocol that knows: prompt=login of OpenID Connect, ForceAuthn of SAML.
        return Boolean.parseBoolean(login.getAuthNote(AuthenticationManager.FORCED_REAUTHENTICATION))
                || context.getSession()
                        .getProvider(LoginProtocol.class, login.getProtocol())
                        .requireReauthentication(null, login);
    }
}
