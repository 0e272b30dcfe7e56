package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.account.FieldMappings;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.StoredName.PersonName;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountEmail;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.account.NameConflicts;
import io.github.keycloakgigya.broker.mapper.UserWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * An account by the names that Keycloak has for its fields.
 *
 * @param uid the account's UID
 * @param values of each field that the mappings name
 * @param mappings which fields become which attributes
 */
record MappedValues(Uid uid, Function<GigyaField, List<String>> values, FieldMappings mappings) {

    private static final Set<String> PROPERTIES =
            Set.of(UserModel.USERNAME, UserModel.EMAIL, UserModel.FIRST_NAME, UserModel.LAST_NAME);

    /** {@return whether an attribute of that name is mapped} */
    boolean maps(String attribute) {
        return mappings.maps(attribute);
    }

    /** {@return whether the account has an e-mail address at all} Its user may have it only by {@link AccountEmail}. */
    boolean hasEmail() {
        return AccountEmail.stored(values(UserModel.EMAIL)).isPresent();
    }

    /** {@return a name; empty where there is none, or it is not mapped} */
    Optional<String> name(String attribute) {
        return PersonName.of(values(attribute)).map(PersonName::text);
    }

    /** {@return the values of what is mapped besides a user's own properties; empty ones where there are none} */
    Map<String, List<String>> attributes() {
        var attributes = new LinkedHashMap<String, List<String>>();
        mappings.attributes().stream()
                .filter(name -> !PROPERTIES.contains(name))
                .forEach(name -> attributes.put(name, values(name)));
        return attributes;
    }

    /** {@return all values of a mapped attribute; empty where the account has none, or it is not mapped} */
    List<String> values(String attribute) {
        return mappings.fieldOf(attribute).map(values).orElse(List.of());
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "MappedValues[]";
    }

    /** Writes an account onto a user, touching only what differs. */
    static final class AccountWriter {

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
         * Writes all that is mapped. What the account lacks is removed, but for the user name. An address that the
         * account has and its user may not have changes nothing: the user may hold another one by own right.
         *
         * @param brought what the user may have of it
         */
        void overwrite(MappedValues account, BrokeredAccount brought) {
            if (account.maps(UserModel.USERNAME)) {
                writeUsername(brought.username());
            }
            if (account.maps(UserModel.EMAIL) && (brought.email().isPresent() || !account.hasEmail())) {
                writeEmail(brought.email().map(AddressRule.Email::address), brought.verifiedEmail());
            }
            NAMES.stream()
                    .filter(account::maps)
                    .forEach(name -> UserWriter.setAttribute(user, name, account.values(name)));
            writeAttributes(account);
        }

        /** Writes what is mapped besides a user's own properties. */
        void writeAttributes(MappedValues account) {
            account.attributes().forEach((name, values) -> UserWriter.setAttribute(user, name, values));
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
}
