package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.account.GigyaAccount;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    // The length of Keycloak's columns for user name, e-mail address and names.
    private static final int COLUMN_LENGTH = 255;

    static ImportedProfile of(GigyaAccount account, StorageSettings settings) {
        var attributes = new LinkedHashMap<>(settings.mappings().attributesOf(account));
        var mappedUsername = first(attributes.remove(UserModel.USERNAME));
        var email = first(attributes.remove(UserModel.EMAIL))
                .filter(ImportedProfile::keepsItsLetters)
                .map(ImportedProfile::lowerCase)
                .filter(ImportedProfile::isEmail);
        attributes.computeIfPresent(UserModel.FIRST_NAME, (name, values) -> shortened(values));
        attributes.computeIfPresent(UserModel.LAST_NAME, (name, values) -> shortened(values));
        var username = mappedUsername
                .or(() -> account.value(settings.usernameField()))
                .filter(ImportedProfile::keepsItsLetters)
                .map(text -> lowerCase(text).strip())
                .filter(ImportedProfile::isUsername)
                .orElseGet(() -> usernameFrom(account.uid()));
        return new ImportedProfile(account.uid(), username, email, attributes);
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

    // Some letters take more room in lower case.
    private static String usernameFrom(String uid) {
        var lowerCase = lowerCase(uid);
        return lowerCase.length() <= COLUMN_LENGTH
                ? lowerCase
                : UUID.nameUUIDFromBytes(uid.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    // Unicode makes a k of the Kelvin sign and an i of the dotted I: a stranger's address would become another's.
    private static boolean keepsItsLetters(String text) {
        return text.codePoints().allMatch(c -> c < 128 || Character.toLowerCase(c) >= 128);
    }

    private static boolean isUsername(String text) {
        return !text.isEmpty()
                && text.length() <= COLUMN_LENGTH
                && text.codePoints().noneMatch(ImportedProfile::isInvisible);
    }

    private static boolean isEmail(String text) {
        return text.length() <= COLUMN_LENGTH
                && EmailValidationUtil.isValidEmail(text)
                && text.codePoints().noneMatch(c -> Character.isWhitespace(c) || isInvisible(c));
    }

    // With these, two names could look the same to whoever reads them.
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "ImportedProfile[]";
    }
}
