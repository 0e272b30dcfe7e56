package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.settings.GigyaConnection;
import io.github.keycloakgigya.settings.GigyaConnector;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.AcceptedTokens;
import io.github.keycloakgigya.signin.BrowserProof;
import io.github.keycloakgigya.signin.CachedNames;
import io.github.keycloakgigya.signin.FreshSignIn;
import io.github.keycloakgigya.signin.Lockout;
import io.github.keycloakgigya.signin.LoginBinding;
import io.github.keycloakgigya.signin.Proof;
import io.github.keycloakgigya.signin.ProofVerifier;
import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInException;
import io.github.keycloakgigya.signin.SpentProofs;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;

/** From a proof to what Keycloak's brokering needs of the account. */
final class BrokeredSignIn {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final GigyaIdentityProvider provider;
    private final ProviderSettings settings;
    private final GigyaConnection connection;
    private final Clock clock;

    BrokeredSignIn(KeycloakSession session, RealmModel realm, GigyaIdentityProvider provider, Clock clock)
            throws SettingsException {
        this.session = session;
        this.realm = realm;
        this.provider = provider;
        this.settings = provider.settings();
        this.connection = session.getProvider(GigyaConnector.class).connect(settings.site());
        this.clock = clock;
    }

    /**
     * {@return the account that a page's proof is about}
     *
     * @param form as the page posted it
     * @param linking whether a signed-in user is about to link the account; who it is linked to already is not let in
     */
    BrokeredIdentityContext account(MultivaluedMap<String, String> form, LoginBinding binding, boolean linking)
            throws SignInException, SettingsException {
        var uid = new BrowserProof(session, settings.signIn(), binding, clock).uid(form, connection);
        return account(uid, binding.freshSince(), linking);
    }

    /**
     * {@return the UID that a token proves, which is used up}
     *
     * @param token as an app showed it to the token endpoint
     */
    String uid(String token, AcceptedTokens accepted) throws SignInException {
        var verifier = new ProofVerifier(connection, settings.signIn().proofMaxAge(), new SpentProofs(session), clock);
        return verifier.verify(new Proof.IdToken(token), accepted);
    }

    /**
     * {@return an account whose owner has proven to be that}
     *
     * @param freshSince since when a new sign-in at Gigya is demanded
     */
    BrokeredIdentityContext account(String uid, Optional<Instant> freshSince, boolean linking)
            throws SignInException, SettingsException {
        var linked = linkedUser(uid);
        if (linked.isPresent() && !linking) {
            requireAdmissible(linked.get());
            new CachedNames(session, realm).learn(linked.get());
        }
        var read = read(uid);
        if (freshSince.isPresent()) {
            new FreshSignIn(connection, clock).require(freshSince.get(), read.account());
        }
        return new AccountContext(session, realm, provider, settings, connection)
                .of(read.account(), read.fields(), linked);
    }

    private Optional<UserModel> linkedUser(String uid) {
        return Optional.ofNullable(
                session.users().getUserByFederatedIdentity(realm, new FederatedIdentityModel(alias(), uid, null)));
    }

    private void requireAdmissible(UserModel user) throws SignInException {
        if (!user.isEnabled()) {
            throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the user is disabled in Keycloak");
        }
        var lockout = new Lockout(session, realm).of(user);
        if (lockout.isPresent()) {
            throw lockout.get();
        }
    }

    private record Read(GigyaAccount account, Set<GigyaField> fields) {}

    private Read read(String uid) throws SignInException, SettingsException {
        var fields = new LinkedHashSet<>(settings.fields());
        fields.addAll(new MapperFields(session).of(alias()));
        try {
            var account = connection.accounts().read(uid, fields);
            if (settings.essential().filter(field -> !field.isMetBy(account)).isPresent()) {
                throw SignInException.of(SignInError.ACCOUNT_INCOMPLETE, "the account lacks an essential claim")
                        .saying(Messages.IDENTITY_PROVIDER_UNMATCHED_ESSENTIAL_CLAIM_ERROR);
            }
            return new Read(account, fields);
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }

    private String alias() {
        return provider.getConfig().getAlias();
    }
}
