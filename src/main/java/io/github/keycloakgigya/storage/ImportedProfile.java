package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.account.GigyaAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.UserModel;

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

    // The length of Keycloak's columns for user name, e-mail address and names.
    private static final int COLUMN_LENGTH = 255;

    static ImportedProfile of(GigyaAccount account, StorageSettings settings) {
        var attributes = new LinkedHashMap<>(settings.mappings().attributesOf(account));
        var mappedUsername = first(attributes.remove(UserModel.USERNAME));
        var email = first(attributes.remove(UserModel.EMAIL)).filter(ImportedProfile::isEmail);
        attributes.computeIfPresent(UserModel.FIRST_NAME, (name, values) -> shortened(values));
        attributes.computeIfPresent(UserModel.LAST_NAME, (name, values) -> shortened(values));
        var username = mappedUsername
                .or(() -> account.value(settings.usernameField()))
                .map(String::strip)
                .filter(ImportedProfile::isUsername)
                .orElse(account.uid());
        return new ImportedProfile(
                account.uid(),
                username.toLowerCase(Locale.ROOT),
                email.map(address -> address.toLowerCase(Locale.ROOT)),
                attributes);
    }

    /** {@return whether the settings map the e-mail address at all} */
    static boolean mapsEmail(StorageSettings settings) {
        return settings.mappings().maps(UserModel.EMAIL);
    }

    private static Optional<String> first(List<String> values) {
        return values == null ? Optional.empty() : values.stream().findFirst();
    }

    private static List<String> shortened(List<String> values) {
        return values.stream()
                .limit(1)
                .map(value -> value.length() <= COLUMN_LENGTH ? value : value.substring(0, COLUMN_LENGTH))
                .toList();
    }

    private static boolean isUsername(String text) {
        return !text.isEmpty()
                && text.length() <= COLUMN_LENGTH
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    private static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at < text.length() - 1
                && text.length() <= COLUMN_LENGTH
                && text.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }
}
