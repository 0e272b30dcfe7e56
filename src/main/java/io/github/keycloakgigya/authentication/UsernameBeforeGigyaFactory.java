package io.github.keycloakgigya.authentication;

import static org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME;
import static org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator.USERNAME_HIDDEN;
import static org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator.USER_SET_BEFORE_USERNAME_PASSWORD_AUTH;
import static org.keycloak.authentication.authenticators.resetcred.ResetCredentialChooseUser.RESET_CREDENTIAL_USER_CHOSEN;

import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.UsernameForm;
import org.keycloak.authentication.authenticators.browser.UsernameFormFactory;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The step that asks for the user name before Gigya's page, as an administrator adds it to a browser flow. */
public final class UsernameBeforeGigyaFactory extends UsernameFormFactory
        implements ExtensionVersion, SupportedServersOnly {

    /** Not {@code PROVIDER_ID}, which is that of Keycloak's form. */
    public static final String ID = "gigya-username-form";

    @Override
    public Authenticator create(KeycloakSession session) {
        return new UsernameBeforeGigya(new UsernameForm(session));
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Username Form before Gigya";
    }

    @Override
    public String getHelpText() {
        return "Asks for the user name, and tells the flow who it is only if that user has left Gigya (SAP Customer Data"
                + " Cloud). With any other name, also one that nobody has, the flow goes on, so that Gigya's page can follow.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    /**
     * Keycloak's own form for a user name, which names to the flow only who has left Gigya. With any other name, that of a user or
     * of nobody, the flow goes on without a user and leads to Gigya's page: nobody learns there which of these it was, and who
     * signs in there is whom Gigya says.
     *
     * <p>Keycloak's form itself can't be used so: it refuses names that nobody has (AbstractUsernameFormAuthenticator of 26.5 and
     * 26.7), and asks Gigya about each of them.
     *
     * @param keycloaks the form
     */
    record UsernameBeforeGigya(UsernameForm keycloaks) implements Authenticator {

        private static final String REMEMBER_ME = "rememberMe";

        @Override
        public void authenticate(AuthenticationFlowContext context) {
            forgetWhomForgotPasswordNamed(context);
            keycloaks.authenticate(context);
        }

        // It names to the login whomever anybody types there. Keycloak's form would go on with that user, who exists
        // then, and forgets the name only where it is shown (UsernameForm of 26.7).
        private static void forgetWhomForgotPasswordNamed(AuthenticationFlowContext context) {
            var login = context.getAuthenticationSession();
            if (Boolean.parseBoolean(login.getAuthNote(RESET_CREDENTIAL_USER_CHOSEN))) {
                context.clearUser();
                login.removeAuthNote(RESET_CREDENTIAL_USER_CHOSEN);
                login.removeAuthNote(USER_SET_BEFORE_USERNAME_PASSWORD_AUTH);
            }
        }

        @Override
        public void action(AuthenticationFlowContext context) {
            forgetWhomForgotPasswordNamed(context);
            var form = context.getHttpRequest().getDecodedFormParameters();
            var name = typed(form);
            var login = context.getAuthenticationSession();
            if (name.isEmpty() || isKnownAlready(login) || hasLeft(context, name.get())) {
                login.removeAuthNote(USERNAME_HIDDEN);
                if (name.isEmpty() && !isKnownAlready(login)) {
                    // Keycloak would count the failure against whom a login_hint named to "Forgot password".
                    login.removeAuthNote(ATTEMPTED_USERNAME);
                }
                keycloaks.action(context);
                return;
            }
            // Of a name that was typed before, in the same window.
            context.clearUser();
            context.getEvent().detail(Details.USERNAME, name.get());
            login.setAuthNote(ATTEMPTED_USERNAME, name.get());
            // Has Gigya's page show the name, and the way back to this form, for who has mistyped it.
            login.setAuthNote(USERNAME_HIDDEN, "true");
            if (context.getRealm().isRememberMe() && "on".equals(form.getFirst(REMEMBER_ME))) {
                login.setAuthNote(Details.REMEMBER_ME, "true");
            } else {
                login.removeAuthNote(Details.REMEMBER_ME);
            }
            context.success();
        }

        // What else is posted to the form, a passkey or that somebody gives up, is Keycloak's own.
        private static Optional<String> typed(MultivaluedMap<String, String> form) {
            return Optional.ofNullable(form.getFirst(AuthenticationManager.FORM_USERNAME))
                    .map(String::trim)
                    .filter(name -> !name.isEmpty() && !form.containsKey("cancel"));
        }

        // By a session that has to be renewed.
        private static boolean isKnownAlready(AuthenticationSessionModel login) {
            return Boolean.parseBoolean(login.getAuthNote(USER_SET_BEFORE_USERNAME_PASSWORD_AUTH));
        }

        private static boolean hasLeft(AuthenticationFlowContext context, String name) {
            try {
                return ReleaseMark.isShownByOwnerOf(name, context.getSession(), context.getRealm());
            } catch (ModelDuplicateException several) {
                // Keycloak's form says so.
                return true;
            }
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
            // There is nothing to set up.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
