package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.Reauthentication;
import io.github.keycloakgigya.signin.SignInPage;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page of one login on its way through the identity provider. */
final class BrokerPage {

    private static final Logger LOG = Logger.getLogger(BrokerPage.class);

    private final KeycloakSession session;
    private final ProviderContext provider;
    private final AuthenticationSessionModel login;
    private final Clock clock;

    BrokerPage(KeycloakSession session, ProviderContext provider, AuthenticationSessionModel login, Clock clock) {
        this.session = session;
        this.provider = provider;
        this.login = login;
        this.clock = clock;
    }

    /**
     * {@return the page at once, where it names nobody, and else the way to it} The address that Keycloak calls this at is
     * good for one request, so the page's script puts the one of {@link BrokerEndpoint} in its place.
     */
    Response begin() {
        var brokerLogin = new BrokerLogin(session, provider, login);
        if (!brokerLogin.isLinking() && !namesSomebody()) {
            try {
                return render(Optional.empty());
            } catch (SettingsException unusable) {
                LOG.debugf("The page can't be shown: %s", unusable.getMessage());
            }
        }
        // There the failure becomes an event and a message, and no browser keeps the page:
        // here Keycloak lets it (IdentityBrokerService of 26.7). A required action, which
        // links too, would keep the page without its headers (BrowserHistoryHelper).
        return Response.seeOther(brokerLogin.pageUri()).build();
    }

    // A name or an address.
    private boolean namesSomebody() {
        return SignInPage.namesSomebody(login, new Reauthentication(session, login).user());
    }

    /**
     * {@return the page} Wherever it is shown, it reloads from {@link BrokerLogin#pageUri()}.
     *
     * @param failure what went wrong before
     * @throws SettingsException naming the first setting that can't be used
     */
    Response render(Optional<SignInException> failure) throws SettingsException {
        var reauthentication = new Reauthentication(session, login);
        var brokerLogin = new BrokerLogin(session, provider, login);
        var form = session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(login)
                .setActionUri(brokerLogin.actionUri());
        return page().render(
                        login,
                        form,
                        brokerLogin.pageUri(),
                        reauthentication.user(),
                        reauthentication.isDemanded(),
                        failure);
    }

    /**
     * {@return whether the page asks Gigya again by itself after a failure}
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    boolean asksAgainAfter(SignInException failure) throws SettingsException {
        return page().asksAgainAfter(failure);
    }

    private SignInPage page() throws SettingsException {
        var settings = provider.settings(session);
        var binding = new BrokerLogin(session, provider, login).binding();
        return new SignInPage(session, settings.site(), settings.signIn(), binding, clock);
    }
}
