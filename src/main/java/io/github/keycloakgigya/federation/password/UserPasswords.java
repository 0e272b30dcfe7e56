package io.github.keycloakgigya.federation.password;

import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.federation.settings.StorageSettings.PasswordCheck;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.component.ComponentModel;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputUpdater;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/** The passwords of a federation's users, as the setting {@code passwordCheck} wants them. */
public final class UserPasswords implements CredentialInputValidator, CredentialInputUpdater {

    private final KeycloakSession session;
    private final ComponentModel component;

    /** Checks passwords of a federation's users. */
    public UserPasswords(KeycloakSession session, ComponentModel component) {
        this.session = session;
        this.component = component;
    }

    @Override
    public boolean supportsCredentialType(String type) {
        return PasswordCredentialModel.TYPE.equals(type) && check() != PasswordCheck.OFF;
    }

    @Override
    public boolean isConfiguredFor(RealmModel realm, UserModel user, String type) {
        return supportsCredentialType(type);
    }

    /**
     * {@inheritDoc} False makes Keycloak look for a password of its own.
     *
     * @throws jakarta.ws.rs.WebApplicationException where Gigya did not say whether the password is right
     */
    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        if (!supportsCredentialType(input.getType())
                || !(input instanceof UserCredentialModel password)
                || isKeptLocally(user)) {
            return false;
        }
        var isRight = isRight(realm, user, password.getValue());
        if (!isRight) {
            // Keycloak would try it on a password that it has kept, from before a user was linked say.
            password.setValue(null);
        }
        return isRight;
    }

    private boolean isRight(RealmModel realm, UserModel user, String password) {
        try {
            var isRight = login(realm).isRight(user, password);
            count(isRight);
            return isRight;
        } catch (SignInException refused) {
            throw new RefusedLogin(session, realm, user)
                    .because(refused.atPassword(), new UserIds(component.getId()).inLog(user));
        }
    }

    private void count(boolean isRight) {
        var signIns = GigyaConnector.metersOf(session).signIns();
        if (isRight) {
            signIns.succeeded(Door.PASSWORD);
        } else {
            signIns.wrongPassword();
        }
    }

    private GigyaLogin login(RealmModel realm) throws SignInException {
        try {
            return new GigyaLogin(session, realm, GigyaFederations.usersOf(Federation.of(session, realm, component)));
        } catch (SettingsException wrong) {
            throw SignInException.of(wrong);
        }
    }

    private boolean isKeptLocally(UserModel user) {
        return check() == PasswordCheck.LOCAL_FIRST
                && user.credentialManager()
                        .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                        .findAny()
                        .isPresent();
    }

    /**
     * {@return false where Keycloak is to keep the password}
     *
     * @throws ReadOnlyException where passwords are kept in Gigya; its message is the key of one for the login pages
     */
    @Override
    public boolean updateCredential(RealmModel realm, UserModel user, CredentialInput input) {
        if (supportsCredentialType(input.getType()) && check() == PasswordCheck.GIGYA) {
            throw new ReadOnlyException("gigyaPasswordReadOnly");
        }
        return false;
    }

    @Override
    public void disableCredentialType(RealmModel realm, UserModel user, String type) {
        // Gigya's passwords can't be taken away from here.
    }

    @Override
    public Stream<String> getDisableableCredentialTypesStream(RealmModel realm, UserModel user) {
        return Stream.empty();
    }

    /**
     * {@return the password that Gigya keeps, for consoles to show that there is one} Nobody says when it was set: consoles
     * want a date, and get the one since when Keycloak knows the user.
     */
    @Override
    public Stream<CredentialModel> getCredentials(RealmModel realm, UserModel user) {
        if (!supportsCredentialType(PasswordCredentialModel.TYPE) || isKeptLocally(user)) {
            return Stream.empty();
        }
        var password = new CredentialModel();
        password.setType(PasswordCredentialModel.TYPE);
        password.setFederationLink(component.getId());
        password.setCreatedDate(user.getCreatedTimestamp());
        return Stream.of(password);
    }

    private PasswordCheck check() {
        try {
            return SettingsReader.ofComponent(component.getConfig())
                    .choice(StorageSettings.PASSWORD_CHECK, PasswordCheck.GIGYA, PasswordCheck::id);
        } catch (SettingsException notAChoice) {
            // The password check itself says what is wrong.
            return PasswordCheck.GIGYA;
        }
    }

    /**
     * How a request with a password ends that is neither right nor wrong.
     *
     * <p>Keycloak takes true or false from whoever checks a password, and counts and reports every false as a wrong one. A
     * {@link WebApplicationException} is what its flows let through as it is, without a failure of the person's
     * (LoginActionsService.processFlow and the token endpoint of 26.7). The event must then be sent here.
     */
    static final class RefusedLogin {

        private final KeycloakSession session;
        private final RealmModel realm;
        private final UserModel user;
        private final Optional<AuthenticationSessionModel> login;

        RefusedLogin(KeycloakSession session, RealmModel realm, UserModel user) {
            this.session = session;
            this.realm = realm;
            this.user = user;
            this.login = Optional.ofNullable(session.getContext().getAuthenticationSession());
        }

        /**
         * Tells of the failure, and {@return what ends the request: back to the form, or an OAuth error}
         *
         * @param userInLog what a log may call the user
         */
        WebApplicationException because(SignInException refused, String userInLog) {
            var report = FailureReport.ofPassword(userInLog, realm);
            report.send(session, refused, event());
            var form = login.filter(RefusedLogin::hasShownAPage);
            return form.isPresent()
                    ? backTo(form.get(), refused.error().messageKey())
                    : refused.error().refusal().through(session.getProvider(Cors.class));
        }

        private EventBuilder event() {
            var event = new EventBuilder(realm, session, session.getContext().getConnection())
                    .event(EventType.LOGIN)
                    .client(session.getContext().getClient())
                    .user(user);
            FederatedUser.uidOf(user).ifPresent(new SignInEvents(event)::proven);
            login.ifPresent(open -> event.detail(
                            Details.CODE_ID, open.getParentSession().getId())
                    .detail(Details.AUTH_METHOD, open.getProtocol())
                    .detail(Details.REDIRECT_URI, open.getRedirectUri())
                    .detail(Details.USERNAME, open.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME)));
            return event;
        }

        // A direct grant begins and ends with one request.
        private static boolean hasShownAPage(AuthenticationSessionModel login) {
            return login.getAuthNote(AuthenticationProcessor.CURRENT_AUTHENTICATION_EXECUTION) != null;
        }

        // The page of the step that asked for the password is shown again, with the text that this note names.
        private WebApplicationException backTo(AuthenticationSessionModel form, String messageKey) {
            form.setAuthNote(LoginActionsService.FORWARDED_ERROR_MESSAGE_NOTE, messageKey);
            var page = new AuthenticationFlowURLHelper(
                            session, realm, session.getContext().getUri())
                    .getLastExecutionUrl(form);
            return new WebApplicationException(Response.seeOther(page).build());
        }
    }
}
