package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInEvents;
import io.github.keycloakgigya.signin.SignInException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The step "Gigya login" of a browser flow. Stateless; each call sets up what it needs. */
final class GigyaAuthenticator implements Authenticator {

    private static final Logger LOG = Logger.getLogger(GigyaAuthenticator.class);
    private static final String CANCEL = "cancel";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        try {
            context.challenge(BrowserSignIn.begin(context).page());
        } catch (SettingsException wrong) {
            refuseToStart(context, wrong);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        var form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(CANCEL)) {
            context.cancelLogin();
            return;
        }
        try {
            var signIn = BrowserSignIn.begin(context);
            try {
                signIn.complete(form);
            } catch (SignInException failed) {
                signIn.fail(failed);
            }
        } catch (SettingsException wrong) {
            refuseToStart(context, wrong);
        }
    }

    // Without settings there is no page to show: neither the site nor the screen-set is known.
    private static void refuseToStart(AuthenticationFlowContext context, SettingsException wrong) {
        LOG.errorf(
                "The step \"Gigya login\" of realm %s can't be used: %s",
                context.getRealm().getName(), wrong.getMessage());
        var misconfigured = SignInException.of(SignInError.GIGYA_MISCONFIGURED, wrong.getMessage());
        new SignInEvents(context.getEvent()).failed(misconfigured);
        var page = context.form()
                .setError(misconfigured.messageKey())
                .createErrorPage(Response.Status.INTERNAL_SERVER_ERROR);
        // Not a failure of the person's: brute-force protection does not count it.
        context.challenge(page);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // There is nothing to set up in Keycloak.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
