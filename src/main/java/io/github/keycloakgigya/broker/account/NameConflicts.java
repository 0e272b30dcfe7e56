package io.github.keycloakgigya.broker.account;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Finds users whom Keycloak would take for one another, because the one's user name is the other's e-mail address. Where
 * people sign in with either, the login form finds the owner of the address first, and locks out the owner of the name.
 *
 * <p>Keycloak demands the same of users whom people edit (DuplicateEmailValidator and DuplicateUsernameValidator of 26.7),
 * but compares only names with names and addresses with addresses where a person comes in by an identity provider
 * (IdpCreateUserIfUniqueAuthenticator).
 */
public final class NameConflicts {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Looks at the users of a realm. */
    public NameConflicts(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * {@return whether a new user of this name and address would be taken for another one} Not where Keycloak itself finds
     * that other one, and has the person prove to be the same.
     *
     * @param username the name that Keycloak would give
     * @param email the address that Keycloak would store
     */
    public boolean ofNew(String username, Optional<String> email) {
        if (email.filter(username::equalsIgnoreCase).isPresent()) {
            return false;
        }
        var named = email.flatMap(this::namedLike);
        var addressed = addressedLike(username);
        if (named.isEmpty() && addressed.isEmpty()
                || email.flatMap(this::byEmail).isPresent()) {
            return false;
        }
        return named.isPresent() || byUsername(username).isEmpty();
    }

    /** {@return whether an address is the user name of another user than its new owner} */
    public boolean isNameOfAnother(String email, UserModel owner) {
        return namedLike(email).filter(user -> !isSame(user, owner)).isPresent();
    }

    /** {@return whether a user name is the address of another user than its new owner} */
    public boolean isEmailOfAnother(String username, UserModel owner) {
        return addressedLike(username).filter(user -> !isSame(user, owner)).isPresent();
    }

    private Optional<UserModel> namedLike(String email) {
        return realm.isLoginWithEmailAllowed() ? byUsername(email) : Optional.empty();
    }

    private Optional<UserModel> addressedLike(String username) {
        return realm.isLoginWithEmailAllowed() && username.indexOf('@') >= 0 ? byEmail(username) : Optional.empty();
    }

    private Optional<UserModel> byUsername(String username) {
        return Optional.ofNullable(session.users().getUserByUsername(realm, username));
    }

    private Optional<UserModel> byEmail(String email) {
        return Optional.ofNullable(session.users().getUserByEmail(realm, email));
    }

    private static boolean isSame(UserModel one, UserModel other) {
        return one.getId().equals(other.getId());
    }
}
