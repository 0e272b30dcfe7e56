package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.signin.LoginBinding;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whether the application, or Keycloak itself, demands a new sign-in although a session may be open at Gigya. */
final class Reauthentication {

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel login;

    Reauthentication(AuthenticationFlowContext context) {
        this.context = context;
        this.login = context.getAuthenticationSession();
    }

    boolean isDemanded() {
        return isOfOpenSession()
                || isDemandedByProtocol()
                || isDemandedWithoutSession()
                // A restart drops SAML's note, but not the demand.
                || new LoginBinding(login).freshSince().isPresent();
    }

    /** {@return the user whose open Keycloak session has to be renewed} An earlier step may name one without proof. */
    Optional<UserModel> user() {
        return Optional.ofNullable(context.getUser()).filter(user -> isOfOpenSession());
    }

    // Keycloak's cookie authenticator leaves the note where it found a session that is not good enough.
    private boolean isOfOpenSession() {
        return Boolean.parseBoolean(login.getAuthNote(AuthenticationManager.FORCED_REAUTHENTICATION));
    }

    // prompt=login of OpenID Connect, ForceAuthn of SAML.
    private boolean isDemandedByProtocol() {
        return context.getSession()
                .getProvider(LoginProtocol.class, login.getProtocol())
                .requireReauthentication(null, login);
    }

    // Without a Keycloak session the protocol has nothing to hold these against, but a Gigya session may be weeks old,
    // and Keycloak would call the sign-in one of this moment.
    private boolean isDemandedWithoutSession() {
        return login.getClientNote(OIDCLoginProtocol.MAX_AGE_PARAM) != null
                || login.getClientNote(Constants.KC_ACTION) != null;
    }
}
