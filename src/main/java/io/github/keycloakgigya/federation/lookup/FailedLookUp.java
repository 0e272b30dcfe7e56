package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.StorageUnavailableException;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderModel;

/**
 * What becomes of a look-up that Gigya did not answer.
 *
 * <p>Keycloak takes a {@link StorageUnavailableException} for "not found" and asks the next federation (26.5 to 26.7,
 * {@code UserStorageManager.tryResolveFederatedUser}). Where nobody is left to be asked, a person who signs in would read
 * that name or password is wrong. So the request ends instead, in words that are true.
 */
public final class FailedLookUp {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final GigyaException failure;
    private final SignInException failed;
    private final FailureReport report;

    /** Ends a look-up that failed. */
    public FailedLookUp(KeycloakSession session, RealmModel realm, ComponentModel component, GigyaException failure) {
        this.session = session;
        this.realm = realm;
        this.component = component;
        this.failure = failure;
        this.failed = SignInException.ofLookUp(failure);
        this.report = FailureReport.ofLookUp(component.getId());
    }

    /** {@return what a look-up by user name or e-mail address throws} */
    public RuntimeException byName(String name) {
        var login = login();
        if (login.isPresent() && (isClaimed() || !othersCanAnswer(name))) {
            return end(login);
        }
        report.tellLog(failed);
        return new UnansweredSearchException(failure);
    }

    /** {@return what a look-up by id throws} A session of the user stays: nobody is gone. */
    public RuntimeException byId() {
        return end(login());
    }

    private Optional<AuthenticationSessionModel> login() {
        return Optional.ofNullable(session.getContext().getAuthenticationSession());
    }

    // Whom nobody else knows would be free to take.
    private boolean isClaimed() {
        return Asker.of(session.getContext()).isClaiming();
    }

    private boolean othersCanAnswer(String name) {
        // Keycloak looks a name with an @ up as an address first.
        return isLocalUsername(name)
                || realm.getStorageProviders(UserStorageProvider.class)
                        .map(UserStorageProviderModel::new)
                        .filter(UserStorageProviderModel::isEnabled)
                        .sorted(UserStorageProviderModel.comparator)
                        .dropWhile(provider -> !provider.getId().equals(component.getId()))
                        .skip(1)
                        .findAny()
                        .isPresent();
    }

    private boolean isLocalUsername(String name) {
        return UserStoragePrivateUtil.userLocalStorage(session).getUserByUsername(realm, name.toLowerCase(Locale.ROOT))
                != null;
    }

    private WebApplicationException end(Optional<AuthenticationSessionModel> login) {
        login.ifPresentOrElse(this::sendEvent, () -> report.tellLog(failed));
        var response = login.isPresent() && !isTokenRequest()
                ? page(login.get())
                : failed.error().refusal().response();
        return new WebApplicationException(failure.getMessage(), failure, response);
    }

    private boolean isTokenRequest() {
        return session.getContext().getUri().getPath().endsWith("/token");
    }

    private void sendEvent(AuthenticationSessionModel login) {
        var event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(login.getClient());
        report.send(session, failed, event);
    }

    private Response page(AuthenticationSessionModel login) {
        return session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(login)
                .setError(failed.error().messageKey())
                .createErrorPage(failed.error().refusal().status());
    }

    /**
     * A search that Gigya did not answer, for Keycloak to go on without it. Keycloak logs it at level WARN with its stack
     * trace and those of its causes, once for each person who is looked up (26.5 to 26.7, {@code UserStorageManager}). Its
     * message says all, so it has neither.
     */
    public static final class UnansweredSearchException extends StorageUnavailableException {

        private static final long serialVersionUID = 1L;

        /** @param failure whose message is safe to log */
        public UnansweredSearchException(GigyaException failure) {
            super(failure.getMessage());
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
