package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.account.EmailAddress;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.PersonName;
import io.github.keycloakgigya.account.Username;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.settings.GigyaConnection;
import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInException;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.utils.EmailValidationUtil;

/** Turns an account into what Keycloak's brokering takes. */
final class AccountContext {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final GigyaIdentityProvider provider;
    private final ProviderSettings settings;
    private final GigyaConnection connection;

    AccountContext(
            KeycloakSession session,
            RealmModel realm,
            GigyaIdentityProvider provider,
            ProviderSettings settings,
            GigyaConnection connection) {
        this.session = session;
        this.realm = realm;
        this.provider = provider;
        this.settings = settings;
        this.connection = connection;
    }

    /**
     * {@return what brokering takes}
     *
     * @param fields what was asked for
     * @param linked the user whom the account is linked to
     * @throws SignInException where Gigya does not say whether the e-mail address is verified, or where the address
     *     would be written and is another user's
     */
    BrokeredIdentityContext of(GigyaAccount account, Set<GigyaField> fields, Optional<UserModel> linked)
            throws SignInException {
        var email = account.value(ProviderSettings.EMAIL)
                .flatMap(address -> new EmailAddress(address).stored())
                .filter(EmailValidationUtil::isValidEmail);
        var context = named(account);
        context.setFirstName(name(account, ProviderSettings.FIRST_NAME));
        context.setLastName(name(account, ProviderSettings.LAST_NAME));
        var verified = Optional.<String>empty();
        if (email.isPresent()) {
            context.setEmail(email.get());
            verified = isVerified(account.uid(), email.get(), linked) ? email : Optional.empty();
        }
        BrokeredAccount.of(account, verified, fields).leaveIn(context);
        return context;
    }

    /** {@return what brokering takes, without the profile, which the federation of the account's user writes} */
    BrokeredIdentityContext ofFederated(GigyaAccount account, Set<GigyaField> fields) {
        var context = named(account);
        BrokeredAccount.of(account, Optional.empty(), fields).leaveIn(context);
        return context;
    }

    private BrokeredIdentityContext named(GigyaAccount account) {
        var context = new BrokeredIdentityContext(account.uid(), provider.getConfig());
        context.setIdp(provider);
        context.setBrokerUserId(provider.getConfig().getAlias() + "." + account.uid());
        context.setUsername(Username.of(account.value(settings.usernameField()), account.uid())
                .text());
        return context;
    }

    // Null is how Keycloak's model says that there is none.
    private static String name(GigyaAccount account, GigyaField field) {
        return PersonName.of(account.values(field)).map(PersonName::text).orElse(null);
    }

    private boolean isVerified(String uid, String email, Optional<UserModel> linked) throws SignInException {
        var overwrites = linked.filter(user -> isOverwritten(email, user)).isPresent();
        if (overwrites) {
            requireFree(email, linked.get());
        }
        if (settings.site().trustEmail()) {
            return true;
        }
        // Gigya is asked only where the answer is going to be written.
        return (linked.isEmpty() || overwrites) && isVerifiedByGigya(uid, email);
    }

    private boolean isOverwritten(String email, UserModel linked) {
        return provider.getConfig().getSyncMode() == IdentityProviderSyncMode.FORCE
                && !email.equalsIgnoreCase(linked.getEmail());
    }

    // Keycloak would find out only when it writes, and answer with an error that nobody understands.
    private void requireFree(String email, UserModel linked) throws SignInException {
        if (realm.isDuplicateEmailsAllowed()) {
            return;
        }
        var owner = session.users().getUserByEmail(realm, email);
        if (owner != null && !owner.getId().equals(linked.getId())) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the new e-mail address is another user's");
        }
    }

    private boolean isVerifiedByGigya(String uid, String email) throws SignInException {
        try {
            return connection.accounts().isEmailVerified(uid, email);
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }
}
