package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.broker.signin.BrokeredSignIn.LoginDemands;
import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.signin.LoginBinding;
import io.github.keycloakgigya.signin.Reauthentication;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.broker.provider.util.IdentityBrokerState;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.ClientSessionCode;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A login in one browser, on its way through an identity provider. */
final class BrokerLogin {

    static final String STATE = "state";

    private final KeycloakSession session;
    private final ProviderContext provider;
    private final AuthenticationSessionModel login;

    BrokerLogin(KeycloakSession session, ProviderContext provider, AuthenticationSessionModel login) {
        this.session = session;
        this.provider = provider;
        this.login = login;
    }

    /** {@return what ties proofs to this login and provider} */
    LoginBinding binding() {
        return LoginBinding.of(login, alias());
    }

    /** {@return where the page is, as long as the login lasts} */
    URI pageUri() {
        return endpoint()
                .queryParam(Constants.CLIENT_ID, login.getClient().getClientId())
                .queryParam(Constants.TAB_ID, login.getTabId())
                .queryParam(Constants.CLIENT_DATA, clientData())
                .build();
    }

    /** {@return where the page posts to, once} */
    URI actionUri() {
        var code = new ClientSessionCode<>(session, session.getContext().getRealm(), login).getOrGenerateCode();
        var client = login.getClient();
        var state =
                IdentityBrokerState.decoded(code, client.getId(), client.getClientId(), login.getTabId(), clientData());
        return endpoint().queryParam(STATE, state.getEncoded()).build();
    }

    /** {@return whether a signed-in user is about to link an account} */
    boolean isLinking() {
        var linking = login.getParentSession().getId() + login.getClient().getClientId() + alias();
        return linking.equals(login.getAuthNote(IdentityBrokerService.LINKING_IDENTITY_PROVIDER));
    }

    // An administrator may delete the user meanwhile.
    private Optional<UserModel> linkingUser() throws SignInException {
        var user = Optional.ofNullable(login.getAuthenticatedUser()).filter(signedIn -> isLinking());
        if (isLinking() && user.isEmpty()) {
            throw SignInException.of(SignInError.PROOF_INVALID, "the user who links the account is gone");
        }
        return user;
    }

    /**
     * {@return what this login demands of an account}
     *
     * @throws SignInException where the user who is about to link one is gone
     */
    LoginDemands demands() throws SignInException {
        var linking = linkingUser();
        var renewing = linking.isPresent() ? Optional.<UserModel>empty() : new Reauthentication(session, login).user();
        return new LoginDemands(binding().freshSince(), linking, renewing);
    }

    private UriBuilder endpoint() {
        var context = session.getContext();
        return UriBuilder.fromUri(Urls.identityProviderAuthnResponse(
                context.getUri().getBaseUri(), alias(), context.getRealm().getName()));
    }

    private String clientData() {
        return AuthenticationProcessor.getClientData(session, login);
    }

    private String alias() {
        return provider.alias();
    }
}
