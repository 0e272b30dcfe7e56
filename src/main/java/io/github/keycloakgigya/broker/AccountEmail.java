package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.account.EmailAddress;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.settings.GigyaConnection;
import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInException;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.utils.EmailValidationUtil;

/** The e-mail address of an account, as far as a brokered sign-in writes it onto a user. */
final class AccountEmail {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final GigyaConnection connection;

    AccountEmail(KeycloakSession session, RealmModel realm, GigyaConnection connection) {
        this.session = session;
        this.realm = realm;
        this.connection = connection;
    }

    /** {@return the address that Keycloak would store; empty where a field's values are none} */
    static Optional<String> stored(List<String> values) {
        return values.stream()
                .findFirst()
                .flatMap(address -> new EmailAddress(address).stored())
                .filter(EmailValidationUtil::isValidEmail);
    }

    /**
     * {@return the address where it counts as verified} Gigya is asked only where the answer is going to be written.
     *
     * @param linked the user whom the account belongs to; empty where there is none yet
     * @param overwrites whether what that user holds is overwritten
     * @throws SignInException where Gigya does not say, or where the address would be written and is another user's
     */
    Optional<String> verified(String uid, String email, Optional<UserModel> linked, boolean overwrites)
            throws SignInException {
        var changing = linked.filter(user -> overwrites && !email.equalsIgnoreCase(user.getEmail()));
        if (changing.isPresent()) {
            requireFree(email, changing.get());
        }
        var verified = connection.settings().trustEmail()
                || (linked.isEmpty() || changing.isPresent()) && isVerifiedByGigya(uid, email);
        return verified ? Optional.of(email) : Optional.empty();
    }

    // Keycloak would find out only when it writes, and answer with an error that nobody understands.
    private void requireFree(String email, UserModel linked) throws SignInException {
        if (isOfAnother(email, linked) || new NameConflicts(session, realm).isNameOfAnother(email, linked)) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the new e-mail address is another user's");
        }
    }

    private boolean isOfAnother(String email, UserModel linked) {
        var owner = realm.isDuplicateEmailsAllowed() ? null : session.users().getUserByEmail(realm, email);
        return owner != null && !owner.getId().equals(linked.getId());
    }

    private boolean isVerifiedByGigya(String uid, String email) throws SignInException {
        try {
            return connection.accounts().isEmailVerified(uid, email);
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }
}
