package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.account.NameConflicts;
import io.github.keycloakgigya.broker.mapper.UserWriter;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Writes an account onto a user, touching only what differs. */
final class AccountWriter {

    private static final List<String> NAMES = List.of(UserModel.FIRST_NAME, UserModel.LAST_NAME);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    AccountWriter(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /**
     * Writes all that is mapped. What the account lacks is removed, but for the user name. An address that the account
     * has and its user may not have changes nothing: the user may hold another one by own right.
     *
     * @param brought what the user may have of it
     */
    void overwrite(MappedAccount account, BrokeredAccount brought) {
        if (account.maps(UserModel.USERNAME)) {
            writeUsername(brought.username());
        }
        if (account.maps(UserModel.EMAIL) && (brought.email().isPresent() || !account.hasEmail())) {
            writeEmail(brought.email().map(AddressRule.Email::address), brought.verifiedEmail());
        }
        NAMES.stream()
                .filter(account::maps)
                .forEach(name -> new UserWriter(user).setAttribute(name, account.values(name)));
        writeAttributes(account);
    }

    /** Writes what is mapped besides a user's own properties. */
    void writeAttributes(MappedAccount account) {
        account.attributes().forEach(new UserWriter(user)::setAttribute);
    }

    // Who proves a local account in Keycloak's first-broker-login may bring a name or an address that is a third's.
    private void writeUsername(String username) {
        if (!username.equals(user.getUsername())
                && isFree(session.users().getUserByUsername(realm, username))
                && !conflicts().isEmailOfAnother(username, user)) {
            user.setUsername(username);
        }
    }

    private void writeEmail(Optional<String> email, Optional<String> verified) {
        var isVerified = email.isPresent() && email.equals(verified);
        if (email.equals(Optional.ofNullable(user.getEmail()))) {
            if (isVerified && !user.isEmailVerified()) {
                user.setEmailVerified(true);
            }
        } else if (email.isEmpty() || isFree(email.get())) {
            user.setEmail(email.orElse(null));
            user.setEmailVerified(isVerified);
        }
    }

    private boolean isFree(String email) {
        var isUnowned =
                realm.isDuplicateEmailsAllowed() || isFree(session.users().getUserByEmail(realm, email));
        return isUnowned && !conflicts().isNameOfAnother(email, user);
    }

    private NameConflicts conflicts() {
        return new NameConflicts(session, realm);
    }

    private boolean isFree(UserModel owner) {
        return owner == null || owner.getId().equals(user.getId());
    }
}
