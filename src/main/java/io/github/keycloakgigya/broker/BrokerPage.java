package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.Reauthentication;
import io.github.keycloakgigya.signin.SignInException;
import io.github.keycloakgigya.signin.SignInPage;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page of one login on its way through the identity provider. */
final class BrokerPage {

    private final KeycloakSession session;
    private final GigyaIdentityProvider provider;
    private final AuthenticationSessionModel login;
    private final Clock clock;

    BrokerPage(KeycloakSession session, GigyaIdentityProvider provider, AuthenticationSessionModel login, Clock clock) {
        this.session = session;
        this.provider = provider;
        this.login = login;
        this.clock = clock;
    }

    /** {@return whether the page shows a name or an address} */
    boolean namesSomebody() {
        return SignInPage.namesSomebody(login, new Reauthentication(session, login).user());
    }

    /**
     * {@return the page} Wherever it is shown, it reloads from {@link BrokerLogin#pageUri()}.
     *
     * @param failure what went wrong before
     * @throws SettingsException naming the first setting that can't be used
     */
    Response render(Optional<SignInException> failure) throws SettingsException {
        var settings = provider.settings();
        var reauthentication = new Reauthentication(session, login);
        var brokerLogin = new BrokerLogin(session, provider, login);
        var form = session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(login)
                .setActionUri(brokerLogin.actionUri());
        return new SignInPage(session, settings.site(), settings.signIn(), brokerLogin.binding(), clock)
                .render(
                        login,
                        form,
                        brokerLogin.pageUri(),
                        reauthentication.user(),
                        reauthentication.isDemanded(),
                        failure);
    }
}
