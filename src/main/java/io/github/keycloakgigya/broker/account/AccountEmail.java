package io.github.keycloakgigya.broker.account;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.account.AddressRule.HeldAddress;
import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.AddressRule.UnverifiedEmail;
import io.github.keycloakgigya.account.StoredName.EmailAddress;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.utils.EmailValidationUtil;

/** The address and the name by which a brokered sign-in knows an account. */
public final class AccountEmail {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AddressRule rule;
    private final Optional<UserModel> linked;
    private final boolean overwrites;
    private final KnownAddresses known;

    /**
     * Begins with what is known. Gigya is asked only where the answer is going to be written.
     *
     * @param uid the account's UID
     * @param linked the user whom the account belongs to; empty where there is none yet
     * @param overwrites whether what that user holds is overwritten
     * @param named whether the link to that user has its name already
     */
    public AccountEmail(
            KeycloakSession session,
            RealmModel realm,
            GigyaConnection connection,
            Uid uid,
            Optional<UserModel> linked,
            boolean overwrites,
            boolean named) {
        this.session = session;
        this.realm = realm;
        this.rule = connection.settings().addressRule();
        this.linked = linked;
        this.overwrites = overwrites;
        var ofGigya = connection.accounts().addressesOf(uid);
        this.known = linked.map(user -> ofUser(user, named && !overwrites ? new OfUserAlone(user) : ofGigya))
                .orElse(ofGigya);
    }

    // Where nothing is overwritten nobody needs to be asked.
    private record OfUserAlone(UserModel user) implements KnownAddresses {

        @Override
        public boolean isVerified(String address) {
            return false;
        }

        @Override
        public boolean isLoginId(String name) {
            return name.equalsIgnoreCase(user.getUsername());
        }

        /** Leaves the user out, so that no log shows it. */
        @Override
        public String toString() {
            return "OfUserAlone[]";
        }
    }

    private KnownAddresses ofUser(UserModel user, KnownAddresses others) {
        var isSettled = user.isEmailVerified() || rule.unverified() == UnverifiedEmail.STORE;
        return user.getEmail() != null && isSettled
                ? new HeldAddress(user.getEmail(), user.isEmailVerified(), others)
                : others;
    }

    /** {@return the address that Keycloak would store; empty where a field's values are none} */
    public static Optional<String> stored(List<String> values) {
        return values.stream()
                .findFirst()
                .flatMap(address -> new EmailAddress(address).stored())
                .filter(EmailValidationUtil::isValidEmail);
    }

    /**
     * {@return the address as the user gets it}
     *
     * @param values of the account's field
     * @throws SignInException where Gigya does not say, or where the address would be written and is another user's
     */
    public Optional<AddressRule.Email> of(List<String> values) throws SignInException {
        try {
            var wanted = values.stream()
                    .findFirst()
                    .filter(address -> stored(List.of(address)).isPresent());
            var email = rule.email(wanted, known);
            var changing = linked.filter(user -> overwrites);
            if (email.isPresent() && changing.isPresent()) {
                requireFree(email.get().address(), changing.get());
            }
            return email;
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }

    /**
     * {@return the user name; made of the UID where the account has none that it may have}
     *
     * @param wanted what the account's field holds
     * @throws SignInException where Gigya does not say
     */
    public Username username(Optional<String> wanted, Uid uid) throws SignInException {
        try {
            return rule.username(wanted, uid, known);
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }

    // Keycloak would find out only when it writes, and answer with an error that nobody understands.
    private void requireFree(String email, UserModel user) throws SignInException {
        if (email.equalsIgnoreCase(user.getEmail())) {
            return;
        }
        if (isOfAnother(email, user) || new NameConflicts(session, realm).isNameOfAnother(email, user)) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the new e-mail address is another user's");
        }
    }

    private boolean isOfAnother(String email, UserModel user) {
        var owner = realm.isDuplicateEmailsAllowed() ? null : session.users().getUserByEmail(realm, email);
        return owner != null && !owner.getId().equals(user.getId());
    }
}
