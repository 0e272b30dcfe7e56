package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.account.ReachableUsers;
import io.github.keycloakgigya.broker.mapper.MappedFields;
import io.github.keycloakgigya.broker.mapper.MappedFields.UnaskedFieldException;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.admission.AccountAdmission;
import io.github.keycloakgigya.federation.admission.AccountAdmission.Admitted;
import io.github.keycloakgigya.federation.admission.AccountInquiry;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.federation.admission.Entrance;
import io.github.keycloakgigya.federation.admission.Entrance.CachedNames;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteAccounts;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.LoginBinding;
import io.github.keycloakgigya.signin.LoginBinding.AcceptedTokens;
import io.github.keycloakgigya.signin.ProofForm.Proof;
import io.github.keycloakgigya.signin.ProofVerifier;
import io.github.keycloakgigya.signin.ProofVerifier.SpentProofs;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
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
        this.contexts = new AccountContext(session, realm, provider, settings, connection, reachable);
        this.clock = clock;
    }

    /**
     * {@return the UID that a page's proof is about, which is used up}
     *
     * @param form as the page posted it
     */
    public Uid uid(MultivaluedMap<String, String> form, LoginBinding binding) throws SignInException {
        return verifier().verify(form, settings.signIn(), binding);
    }

    /**
     * {@return the UID that a token proves, which is used up}
     *
     * @param token as an app showed it to the token endpoint
     */
    public Uid uid(String token, AcceptedTokens accepted) throws SignInException {
        return verifier().verify(new Proof.IdToken(token), accepted);
    }

    private ProofVerifier verifier() {
        return new ProofVerifier(connection, settings.signIn().proofMaxAge(), new SpentProofs(session), clock);
    }

    /**
     * {@return an account whose owner has proven to be that} Where a federation has the same accounts, and the account's
     * user is its, the user is up to date and linked then.
     */
    public BrokeredIdentityContext account(Uid uid, LoginDemands demands) throws SignInException, SettingsException {
        return account(uid, demands, Optional.empty());
    }

    /**
     * {@return the same}
     *
     * @param remembered the fields that mappers are thought to need
     * @throws UnaskedFieldException later, when Keycloak comes to a mapper that needs another one
     */
    public BrokeredIdentityContext account(Uid uid, LoginDemands demands, Optional<Set<GigyaField>> remembered)
            throws SignInException, SettingsException {
        var linked = links.userOf(uid);
        if (users.isEmpty()
                || linked.isPresent() && !isFederated(linked.get())
                || demands.linking().isPresent()) {
            AccountAdmission.requireNotReleased(
                    new GigyaFederations(session, realm).released(SiteAccounts.of(settings.site()), uid),
                    Optional.empty());
        }
        // Who is not linked yet may be written here, by a federation of the same accounts, before Keycloak comes to the
        // mappers: these have to be right by then.
        var mapped = linked.isPresent() && remembered.isPresent()
                ? remembered.get()
                : MappedFields.bySettings(session, realm, links.alias());
        var answer = demandsOn(mapped, demands.freshSince());
        var linking = demands.linking();
        return linking.isPresent()
                ? linking(uid, answer, linked, linking.get())
                : signingIn(uid, answer, linked, demands.renewing());
    }

    private AccountDemands demandsOn(Set<GigyaField> mapped, Optional<Instant> freshSince) {
        var fields = new LinkedHashSet<>(settings.fields());
        fields.addAll(mapped);
        return new AccountDemands(
                fields, OptionalInt.of(BrokeredAccount.MOST_CHARACTERS), settings.essential(), freshSince);
    }

    private BrokeredIdentityContext linking(Uid uid, AccountDemands demands, Optional<UserModel> linked, UserModel user)
            throws SignInException {
        reachable.requireLinkable(user, uid);
        if (users.isPresent()) {
            requireLinkable(users.get(), uid, user);
        }
        var answer = new AccountInquiry(connection, clock).ask(uid, demands);
        return isFederated(user)
                ? contexts.ofFederated(answer.account(), answer.fields())
                : contexts.of(
                        answer.account(), answer.fields(), linked.or(() -> Optional.of(user)), linked.isPresent());
    }

    private boolean isFederated(UserModel user) {
        return users.filter(federation -> federation.owns(user)).isPresent();
    }

    // Whose account it is already, Keycloak finds out by the links alone.
    private static void requireLinkable(GigyaUsers users, Uid uid, UserModel user) throws SignInException {
        if (users.owns(user)) {
            return;
        }
        // Without import every account has its user.
        if (!users.settings().importEnabled() || users.findBeforeCall(uid).isPresent()) {
            throw SignInException.of(SignInError.ALREADY_LINKED, "another user stands for the account");
        }
    }

    private BrokeredIdentityContext signingIn(
            Uid uid, AccountDemands demands, Optional<UserModel> linked, Optional<UserModel> renewing)
            throws SignInException {
        if (linked.isPresent()) {
            reachable.require(linked.get(), uid);
        }
        // For the federation's users the UID says whose account it is, for all others the link does.
        var deciding = users.filter(federation -> linked.isEmpty() || isFederated(linked.get()));
        var admitted = new AccountAdmission(session, realm, deciding, connection, clock)
                .admit(uid, Entrance.ofIdentityProvider(links.alias(), linked, renewing, names), demands);
        if (admitted.user().isEmpty()) {
            return notFederated(admitted, linked);
        }
        var context = contexts.ofFederated(admitted.account(), admitted.fields());
        if (linked.isEmpty()) {
            links.link(admitted.user().get(), context);
        }
        return context;
    }

    private BrokeredIdentityContext notFederated(Admitted admitted, Optional<UserModel> linked) throws SignInException {
        var context = contexts.of(admitted.account(), admitted.fields(), linked, linked.isPresent());
        if (linked.isEmpty()) {
            reachable.requireNone(
                    context.getUsername(),
                    Optional.ofNullable(context.getEmail()),
                    admitted.account().uid());
        }
        return context;
    }

    /**
     * What a login demands of an account besides the proof of its owner.
     *
     * @param freshSince since when a new sign-in at Gigya is demanded
     * @param linking the signed-in user who is about to link the account; whom it is linked to already is not let in
     * @param renewing the user whose open session is to be renewed, and who alone may come: Keycloak would find out only
     *     after it made a new user
     */
    public record LoginDemands(
            Optional<Instant> freshSince, Optional<UserModel> linking, Optional<UserModel> renewing) {

        /** {@return those of an app: none} */
        public static LoginDemands none() {
            return new LoginDemands(Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Leaves the users out, so that no log shows them. */
        @Override
        public String toString() {
            return "LoginDemands[]";
        }
    }
}
