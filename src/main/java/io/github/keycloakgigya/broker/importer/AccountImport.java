package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountEmail;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.account.NameConflicts;
import io.github.keycloakgigya.broker.account.ReachableUsers;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.admission.AccountAdmission;
import io.github.keycloakgigya.federation.admission.AccountInquiry;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.settings.SiteAccounts;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.IdentityBrokerService;

/** Brings an account into a sign-in that another identity provider has proven. */
final class AccountImport {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ImporterSettings settings;
    private final BrokeredIdentityContext context;

    AccountImport(
            KeycloakSession session, RealmModel realm, ImporterSettings settings, BrokeredIdentityContext context) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.context = context;
    }

    /**
     * Reads the account, leaves it for the steps to come, and describes the user to those that make one.
     *
     * @param uid proven to be that of who signs in
     * @param overwrites whether what a known user holds is overwritten
     */
    void bring(SiteSettings site, Uid uid, boolean overwrites) throws SignInException {
        var reachable = new ReachableUsers(
                session, realm, context.getIdpConfig().getAlias(), Optional.of(SiteAccounts.of(site)));
        reachable.noteIn(context);
        var known = known(uid);
        if (known.isPresent()) {
            reachable.require(known.get(), uid);
        }
        AccountAdmission.requireNotReleased(
                new GigyaFederations(session, realm).released(SiteAccounts.of(site), uid), Optional.empty());
        var connection = session.getProvider(GigyaConnector.class).connect(site);
        var fields = settings.mappings().fields();
        var read = new AccountInquiry(connection, Clock.systemUTC())
                .ask(uid, AccountDemands.ofFields(fields, BrokeredAccount.MOST_CHARACTERS))
                .account();
        var account = new MappedValues(uid, read::values, settings.mappings());
        var names = new AccountEmail(session, realm, connection, uid, known, overwrites, true);
        var username =
                names.username(account.values(UserModel.USERNAME).stream().findFirst(), uid);
        if (known.isPresent() && overwrites && account.maps(UserModel.USERNAME)) {
            requireFree(username.text(), known.get());
        }
        var email = names.of(account.values(UserModel.EMAIL));
        var brought = BrokeredAccount.of(read, username.text(), email, fields);
        if (known.isEmpty()) {
            requireUnmistakable(account, brought, reachable);
        }
        brought.leaveIn(context);
        describe(account, brought, known.isPresent());
    }

    // Who is linked, or is about to link.
    private Optional<UserModel> known(Uid uid) {
        return new AccountLinks(session, realm, context.getIdpConfig().getAlias())
                .found(uid)
                .or(() -> Optional.ofNullable(context.getAuthenticationSession())
                        .filter(login -> login.getAuthNote(IdentityBrokerService.LINKING_IDENTITY_PROVIDER) != null)
                        .map(login -> login.getAuthenticatedUser()));
    }

    private void requireFree(String username, UserModel known) throws SignInException {
        var owner =
                username.equals(known.getUsername()) ? known : session.users().getUserByUsername(realm, username);
        var isOfAnother = owner != null && !owner.getId().equals(known.getId());
        if (isOfAnother || owner == null && conflicts().isEmailOfAnother(username, known)) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the new user name is another user's");
        }
    }

    private void requireUnmistakable(MappedValues account, BrokeredAccount brought, ReachableUsers reachable)
            throws SignInException {
        var email = account.maps(UserModel.EMAIL)
                ? brought.email().map(AddressRule.Email::address)
                : Optional.ofNullable(context.getEmail());
        var username = newUsername(account, brought, email);
        if (conflicts().ofNew(username, email)) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the account's name or address is another user's");
        }
        reachable.requireNone(username, email, account.uid());
    }

    // As Keycloak names who is new (IdentityBrokerService of 26.7).
    private String newUsername(MappedValues account, BrokeredAccount brought, Optional<String> email) {
        if (realm.isRegistrationEmailAsUsername() && email.isPresent()) {
            return email.get();
        }
        return account.maps(UserModel.USERNAME)
                ? brought.username()
                : Optional.ofNullable(context.getModelUsername()).orElseGet(context::getUsername);
    }

    private NameConflicts conflicts() {
        return new NameConflicts(session, realm);
    }

    private void describe(MappedValues account, BrokeredAccount brought, boolean isKnown) {
        if (account.maps(UserModel.USERNAME)) {
            context.setUsername(brought.username());
            context.setModelUsername(brought.username());
        }
        if (account.maps(UserModel.FIRST_NAME)) {
            context.setFirstName(
                    isKnown ? null : account.name(UserModel.FIRST_NAME).orElse(null));
        }
        if (account.maps(UserModel.LAST_NAME)) {
            context.setLastName(
                    isKnown ? null : account.name(UserModel.LAST_NAME).orElse(null));
        }
        if (account.maps(UserModel.EMAIL)) {
            describeEmail(brought, isKnown);
        }
        if (!isKnown) {
            // Keycloak finds a list again only where it is of this class (DefaultDataMarshaller of 26.7).
            account.attributes().forEach((name, values) -> context.setUserAttribute(name, new ArrayList<>(values)));
        }
    }

    // What the context does not hold, Keycloak leaves alone: of known users, the mapper alone writes what is mapped.
    private void describeEmail(BrokeredAccount brought, boolean isKnown) {
        var verified = brought.verifiedEmail();
        // A token exchange calls the address of a new user verified where the provider is trusted
        // (AbstractTokenExchangeProvider of 26.7), whatever anybody says of it.
        var isUncertain = context.getAuthenticationSession() == null && verified.isEmpty();
        context.setEmail(
                isKnown || isUncertain
                        ? null
                        : brought.email().map(AddressRule.Email::address).orElse(null));
        OpenIdProof.sayVerified(context, verified.isPresent());
    }
}
