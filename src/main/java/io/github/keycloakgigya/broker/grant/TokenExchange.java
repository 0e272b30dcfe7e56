package io.github.keycloakgigya.broker.grant;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn.LoginDemands;
import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.signin.LoginBinding.AcceptedTokens;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.services.CorsErrorResponseException;

/**
 * A token of Gigya that an app wants exchanged for one of the realm (RFC 8693). Whether the client may is asked by
 * Keycloak before this is called (AbstractTokenExchangeProvider of 26.7).
 */
public final class TokenExchange {

    private static final Set<String> TYPES = Set.of(OAuth2Constants.ID_TOKEN_TYPE, OAuth2Constants.JWT_TOKEN_TYPE);

    private final KeycloakSession session;
    private final ProviderContext provider;
    private final TokenExchangeContext request;
    private final SignInEvents events;

    /** Exchanges the token of a request. */
    public TokenExchange(KeycloakSession session, ProviderContext provider, TokenExchangeContext request) {
        this.session = session;
        this.provider = provider;
        this.request = request;
        this.events = new SignInEvents(request.getEvent().detail(Details.IDENTITY_PROVIDER, alias()));
    }

    /**
     * {@return the account that the subject token is about}
     *
     * @throws CorsErrorResponseException which tells the app why there is none; the event is sent
     */
    public BrokeredIdentityContext account() {
        requireTokenOfGigya();
        requireSignInsByProvider();
        try {
            var account = exchange();
            // Keycloak would keep the token in the session, to hand it out to clients. It is used up.
            account.setSessionNote(UserAuthenticationIdentityProvider.FEDERATED_ACCESS_TOKEN, null);
            GigyaConnector.metersOf(session).signIns().succeeded(Door.TOKEN_EXCHANGE);
            return account;
        } catch (SignInException failed) {
            throw refusal(failed);
        } catch (SettingsException wrong) {
            throw refusal(SignInException.of(wrong));
        }
    }

    private void requireTokenOfGigya() {
        var type = request.getParams().getSubjectTokenType();
        if (type == null || !TYPES.contains(type)) {
            throw refusal(SignInError.TOKEN_OF_ANOTHER_TYPE);
        }
    }

    // Keycloak leaves out disabled providers, but not these (AbstractTokenExchangeProvider of 26.7).
    private void requireSignInsByProvider() {
        if (provider.config().linksOnly()) {
            throw refusal(SignInError.LINK_ONLY);
        }
    }

    private BrokeredIdentityContext exchange() throws SignInException, SettingsException {
        var signIn = new BrokeredSignIn(session, request.getRealm(), provider, Clock.systemUTC());
        var uid = signIn.uid(request.getParams().getSubjectToken(), AcceptedTokens.ofApps(session));
        events.proven(uid);
        var account = signIn.account(uid, LoginDemands.none());
        requireFreeEmail(account, uid);
        return account;
    }

    // Keycloak refuses as well, but the event would not say why. Without a page nobody can prove that both are one
    // person. The user before the link: who comes in twice at once may have got both in between.
    private void requireFreeEmail(BrokeredIdentityContext account, Uid uid) throws SignInException {
        var realm = request.getRealm();
        if (account.getEmail() == null || realm.isDuplicateEmailsAllowed()) {
            return;
        }
        if (session.users().getUserByEmail(realm, account.getEmail()) != null
                && new AccountLinks(session, realm, alias()).found(uid).isEmpty()) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the e-mail address is another user's");
        }
    }

    private CorsErrorResponseException refusal(SignInError error) {
        return refusal(SignInException.of(error, error.refusal().description()));
    }

    private CorsErrorResponseException refusal(SignInException failed) {
        var report = FailureReport.ofExchange(alias(), request.getRealm());
        report.send(session, failed, request.getEvent());
        return failed.error().refusal().ofRequest().through(request.getCors());
    }

    private String alias() {
        return provider.alias();
    }

    /**
     * Completes a new user who came in by token exchange, which goes past what Keycloak does in a browser's sign-in
     * (AbstractTokenExchangeProvider of 26.7): it gives the e-mail address and never asks whether it is verified.
     *
     * @param context what the account says
     */
    public static void completeNew(UserModel user, BrokeredIdentityContext context) {
        if (context.getEmail() != null) {
            user.setEmailVerified(BrokeredAccount.isEmailVerified(context));
        }
    }

    /** Writes the names of a known user who came in so, where the provider overwrites what users hold. */
    public static void updateKnown(UserModel user, BrokeredIdentityContext context) {
        if (context.getIdpConfig().getSyncMode() == IdentityProviderSyncMode.FORCE) {
            write(context.getFirstName(), user.getFirstName(), user::setFirstName);
            write(context.getLastName(), user.getLastName(), user::setLastName);
        }
    }

    // As Keycloak does in a browser: what the account does not say stays (IdentityBrokerService of 26.7).
    private static void write(String said, String held, Consumer<String> setter) {
        if (said != null && !said.equals(held)) {
            setter.accept(said);
        }
    }
}
