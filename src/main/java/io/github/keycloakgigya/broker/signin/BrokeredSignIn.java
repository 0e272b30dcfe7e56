package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.ReachableUsers;
import io.github.keycloakgigya.broker.mapper.MapperFields;
import io.github.keycloakgigya.broker.mapper.UnaskedFieldException;
import io.github.keycloakgigya.broker.signin.AccountInquiry.Answer;
import io.github.keycloakgigya.broker.signin.AccountInquiry.Question;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteAccounts;
import io.github.keycloakgigya.settings.connector.GigyaConnection;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.signin.AcceptedTokens;
import io.github.keycloakgigya.signin.Admissibility;
import io.github.keycloakgigya.signin.BrowserProof;
import io.github.keycloakgigya.signin.CachedNames;
import io.github.keycloakgigya.signin.LoginBinding;
import io.github.keycloakgigya.signin.Proof;
import io.github.keycloakgigya.signin.ProofVerifier;
import io.github.keycloakgigya.signin.SpentProofs;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** From a proof to what Keycloak's brokering needs of the account. */
public final class BrokeredSignIn {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ProviderSettings settings;
    private final GigyaConnection connection;
    private final Optional<GigyaUsers> users;
    private final AccountLinks links;
    private final ReachableUsers reachable;
    private final AccountInquiry inquiry;
    private final AccountContext contexts;
    private final Clock clock;
    private final CachedNames names;

    /**
     * Begins, and connects to the site.
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    public BrokeredSignIn(KeycloakSession session, RealmModel realm, ProviderContext provider, Clock clock)
            throws SettingsException {
        this.names = new CachedNames(session, realm);
        this.session = session;
        this.realm = realm;
        this.settings = provider.settings(session);
        this.connection = session.getProvider(GigyaConnector.class).connect(settings.site());
        this.users = new GigyaFederations(session, realm).usersOf(SiteAccounts.of(settings.site()));
        this.links = new AccountLinks(session, realm, provider.alias());
        this.reachable = ReachableUsers.of(session, realm, provider.config());
        this.inquiry = new AccountInquiry(settings, connection, clock);
        this.contexts = new AccountContext(session, realm, provider, settings, connection, reachable);
        this.clock = clock;
    }

    /**
     * {@return the UID that a page's proof is about, which is used up}
     *
     * @param form as the page posted it
     */
    public String uid(MultivaluedMap<String, String> form, LoginBinding binding) throws SignInException {
        return new BrowserProof(session, settings.signIn(), binding, clock).uid(form, connection);
    }

    /**
     * {@return the UID that a token proves, which is used up}
     *
     * @param token as an app showed it to the token endpoint
     */
    public String uid(String token, AcceptedTokens accepted) throws SignInException {
        var verifier = new ProofVerifier(connection, settings.signIn().proofMaxAge(), new SpentProofs(session), clock);
        return verifier.verify(new Proof.IdToken(token), accepted);
    }

    /**
     * {@return an account whose owner has proven to be that} Where a federation has the same accounts, and the account's
     * user is its, the user is up to date and linked then.
     */
    public BrokeredIdentityContext account(String uid, LoginDemands demands) throws SignInException, SettingsException {
        return account(uid, demands, Optional.empty());
    }

    /**
     * {@return the same}
     *
     * @param remembered the fields that mappers are thought to need
     * @throws UnaskedFieldException later, when Keycloak comes to a mapper that needs another one
     */
    public BrokeredIdentityContext account(String uid, LoginDemands demands, Optional<Set<GigyaField>> remembered)
            throws SignInException, SettingsException {
        var linked = links.userOf(uid);
        // Who is not linked yet may be written here, by a federation of the same accounts, before Keycloak comes to the
        // mappers: these have to be right by then.
        var mapped = linked.isPresent() && remembered.isPresent()
                ? remembered.get()
                : new MapperFields(session, realm).of(links.alias());
        var asked = new Question(uid, demands, mapped);
        var linking = demands.linking();
        return linking.isPresent() ? linking(asked, linked, linking.get()) : signingIn(asked, linked);
    }

    private BrokeredIdentityContext linking(Question asked, Optional<UserModel> linked, UserModel user)
            throws SignInException {
        reachable.requireLinkable(user, asked.uid());
        if (users.isPresent()) {
            FederatedAccount.requireLinkable(users.get(), asked.uid(), user);
        }
        var answer = inquiry.ask(asked, Optional.empty());
        return users.filter(federation -> federation.owns(user)).isPresent()
                ? contexts.ofFederated(answer.account(), answer.fields())
                : contexts.of(
                        answer.account(), answer.fields(), linked.or(() -> Optional.of(user)), linked.isPresent());
    }

    private BrokeredIdentityContext signingIn(Question asked, Optional<UserModel> linked) throws SignInException {
        if (linked.isPresent()) {
            reachable.require(linked.get(), asked.uid());
        }
        var federated = users.isPresent()
                ? FederatedAccount.signingIn(users.get(), asked.uid(), linked)
                : Optional.<FederatedAccount>empty();
        var known = linked.isPresent() ? linked : federated.flatMap(FederatedAccount::known);
        asked.demands()
                .requireExpected(expected -> isOf(expected, known) || standsFor(expected, federated, asked.uid()));
        if (known.isPresent()) {
            requireAdmissible(known.get(), federated);
        }
        if (known.isPresent() && linked.isEmpty()) {
            links.requireNoOther(known.get(), asked.uid());
        }
        var answer = inquiry.ask(asked, federated);
        // The user of an open session may be loaded since before this sign-in began.
        if (known.isPresent() && asked.demands().renewing().isEmpty()) {
            names.learn(known.get());
        }
        var user = federated.isPresent()
                ? federated.get().admit(answer.account(), connection)
                : Optional.<UserModel>empty();
        if (user.isEmpty()) {
            return notFederated(answer, linked);
        }
        if (known.isEmpty()) {
            // It may be an old user that was linked just now, and locked.
            requireAdmissible(user.get(), federated);
        }
        var context = contexts.ofFederated(answer.account(), answer.fields());
        if (linked.isEmpty()) {
            links.link(user.get(), context);
        }
        return context;
    }

    private BrokeredIdentityContext notFederated(Answer answer, Optional<UserModel> linked) throws SignInException {
        var context = contexts.of(answer.account(), answer.fields(), linked, linked.isPresent());
        if (linked.isEmpty()) {
            reachable.requireNone(context.getUsername(), Optional.ofNullable(context.getEmail()), context.getId());
        }
        return context;
    }

    private static boolean isOf(UserModel expected, Optional<UserModel> known) {
        return known.map(found -> found.getId())
                .filter(expected.getId()::equals)
                .isPresent();
    }

    // Without import a federation knows the open session's user, but not yet the account.
    private static boolean standsFor(UserModel expected, Optional<FederatedAccount> federated, String uid) {
        return federated.isPresent() && federated.get().users().standsFor(expected, uid);
    }

    private void requireAdmissible(UserModel user, Optional<FederatedAccount> federated) throws SignInException {
        var enabled = federated.isPresent() ? federated.get().isEnabled(user) : user.isEnabled();
        new Admissibility(session, realm).require(user, enabled);
    }
}
