package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.account.EmailAddress;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.PersonName;
import io.github.keycloakgigya.account.Username;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.utils.EmailValidationUtil;

/**
 * What a user is to look like according to its account.
 *
 * @param uid the account's UID
 * @param username in lower case, as Keycloak stores it
 * @param email in lower case, as Keycloak stores it
 * @param attributes every mapped attribute but user name and e-mail address; an empty list where the account has no
 *     value
 */
record ImportedProfile(String uid, String username, Optional<String> email, Map<String, List<String>> attributes) {

    static ImportedProfile of(GigyaAccount account, StorageSettings settings) {
        var attributes = new LinkedHashMap<>(settings.mappings().attributesOf(account));
        var mappedUsername = first(attributes.remove(UserModel.USERNAME));
        var email = first(attributes.remove(UserModel.EMAIL))
                .flatMap(address -> new EmailAddress(address).stored())
                .filter(EmailValidationUtil::isValidEmail);
        attributes.computeIfPresent(UserModel.FIRST_NAME, (name, values) -> shortened(values));
        attributes.computeIfPresent(UserModel.LAST_NAME, (name, values) -> shortened(values));
        var username = Username.of(mappedUsername.or(() -> account.value(settings.usernameField())), account.uid());
        return new ImportedProfile(account.uid(), username.text(), email, attributes);
    }

    /** {@return whether the settings map the e-mail address at all} */
    static boolean mapsEmail(StorageSettings settings) {
        return settings.mappings().maps(UserModel.EMAIL);
    }

    private static Optional<String> first(List<String> values) {
        return values == null ? Optional.empty() : values.stream().findFirst();
    }

    private static List<String> shortened(List<String> values) {
        return PersonName.of(values).map(PersonName::text).stream().toList();
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "ImportedProfile[]";
    }
}
