package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.StoredName.PersonName;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.broker.account.AccountEmail;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.account.NameConflicts;
import io.github.keycloakgigya.broker.account.ReachableUsers;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Turns an account into what Keycloak's brokering takes. */
final class AccountContext {

    private final KeycloakSession session;
    private final ProviderContext provider;
    private final ProviderSettings settings;
    private final GigyaConnection connection;
    private final NameConflicts conflicts;
    private final ReachableUsers reachable;
    private final RealmModel realm;

    AccountContext(
            KeycloakSession session,
            RealmModel realm,
            ProviderContext provider,
            ProviderSettings settings,
            GigyaConnection connection,
            ReachableUsers reachable) {
        this.reachable = reachable;
        this.provider = provider;
        this.settings = settings;
        this.connection = connection;
        this.session = session;
        this.conflicts = new NameConflicts(session, realm);
        this.realm = realm;
    }

    /**
     * {@return what brokering takes}
     *
     * @param fields what was asked for
     * @param user whom the account is linked to, or about to be
     * @param linked whether it is linked already
     * @throws SignInException where Gigya does not say whether the e-mail address is verified, or where the address or
     *     name would be written and another user would be taken for that one
     */
    BrokeredIdentityContext of(GigyaAccount account, Set<GigyaField> fields, Optional<UserModel> user, boolean linked)
            throws SignInException {
        var names = new AccountEmail(session, realm, connection, account.uid(), user, overwrites(), linked);
        var email = names.of(account.values(ProviderSettings.EMAIL));
        var context = named(account, names.username(account.value(settings.usernameField()), account.uid()));
        context.setFirstName(name(account, ProviderSettings.FIRST_NAME));
        context.setLastName(name(account, ProviderSettings.LAST_NAME));
        if (user.isEmpty()) {
            requireUnmistakable(context, email.map(AddressRule.Email::address));
        }
        email.map(AddressRule.Email::address).ifPresent(context::setEmail);
        BrokeredAccount.of(account, context.getUsername(), email, fields).leaveIn(context);
        return context;
    }

    private void requireUnmistakable(BrokeredIdentityContext context, Optional<String> email) throws SignInException {
        var emailAsUsername = email.filter(address -> realm.isRegistrationEmailAsUsername());
        if (conflicts.ofNew(emailAsUsername.orElseGet(context::getUsername), email)) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the account's name or address is another user's");
        }
    }

    private boolean overwrites() {
        return provider.config().getSyncMode() == IdentityProviderSyncMode.FORCE;
    }

    /** {@return what brokering takes, without the profile, which the federation of the account's user writes} */
    BrokeredIdentityContext ofFederated(GigyaAccount account, Set<GigyaField> fields) {
        // Only the link shows this name: the federation names the user.
        var context = named(account, Username.of(account.value(settings.usernameField()), account.uid()));
        BrokeredAccount.of(account, context.getUsername(), Optional.empty(), fields)
                .leaveIn(context);
        return context;
    }

    private BrokeredIdentityContext named(GigyaAccount account, Username username) {
        var context = new BrokeredIdentityContext(account.uid().value(), provider.config());
        context.setIdp(provider.provider());
        context.setBrokerUserId(provider.alias() + "." + account.uid().value());
        context.setUsername(username.text());
        reachable.noteIn(context);
        return context;
    }

    // Null is how Keycloak's model says that there is none.
    private static String name(GigyaAccount account, GigyaField field) {
        return PersonName.of(account.values(field)).map(PersonName::text).orElse(null);
    }
}
