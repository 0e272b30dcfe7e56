package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.broker.mapper.GigyaMapper.MapperException;
import io.github.keycloakgigya.broker.mapper.MappedFields.UnaskedFieldException;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn;
import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.signin.Reauthentication;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider.AuthenticationCallback;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The sign-in of a login whose page posted a proof. */
final class PostedSignIn {

    private static final Logger LOG = Logger.getLogger(PostedSignIn.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ProviderContext provider;
    private final AuthenticationCallback callback;
    private final EventBuilder event;
    private final AuthenticationSessionModel login;

    PostedSignIn(
            KeycloakSession session,
            RealmModel realm,
            ProviderContext provider,
            AuthenticationCallback callback,
            EventBuilder event,
            AuthenticationSessionModel login) {
        this.session = session;
        this.realm = realm;
        this.provider = provider;
        this.callback = callback;
        this.event = event;
        this.login = login;
    }

    /**
     * Hands the account whose owner posted the proof over to Keycloak, and {@return what Keycloak answers}.
     *
     * @param form as the page posted it
     * @throws MapperException where a mapper can't be used
     */
    Response complete(MultivaluedMap<String, String> form) throws SignInException, SettingsException {
        var brokerLogin = new BrokerLogin(session, provider, login);
        var signIn = new BrokeredSignIn(session, realm, provider, Clock.systemUTC());
        var demands = brokerLogin.demands();
        if (demands.freshSince().isEmpty() && new Reauthentication(session, login).isDemanded()) {
            throw SignInException.of(SignInError.PROOF_INVALID, "this login's page was not shown before it was posted");
        }
        var uid = signIn.uid(form, brokerLogin.binding());
        new SignInEvents(event).proven(uid);
        try {
            return handOver(signIn.account(uid, demands, provider.mappedFields().ofLastSignIn()));
        } catch (UnaskedFieldException mappersChanged) {
            LOG.debugf("The mappers of %s have changed: the account is read again", provider.alias());
        }
        try {
            return handOver(signIn.account(uid, demands));
        } catch (UnaskedFieldException changedAgain) {
            throw SignInException.of(SignInError.GIGYA_UNAVAILABLE, "the mappers changed during the sign-in");
        }
    }

    private Response handOver(BrokeredIdentityContext account) {
        account.setAuthenticationSession(login);
        var answer = callback.authenticated(account);
        provider.mappedFields().remember();
        GigyaConnector.metersOf(session).signIns().succeeded(Door.IDENTITY_PROVIDER);
        return answer;
    }
}
