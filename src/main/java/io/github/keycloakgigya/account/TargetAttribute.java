package io.github.keycloakgigya.account;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A user attribute that a mapping may write.
 *
 * @param name as Keycloak knows it
 */
public record TargetAttribute(String name) {

    // The column of Keycloak's database (USER_ATTRIBUTE.NAME).
    private static final int LONGEST = 255;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private static final List<String> RESERVED_PREFIXES =
            List.of("gigya.", "ldap_", "kerberos_", "kc.", "keycloak.", "saml.persistent.name.id.for");

    // Keycloak's own state of a user (UserModel, and the read-only attributes of DeclarativeUserProfileProviderFactory,
    // Keycloak 26.7). An e-mail is verified, and a user enabled, by rules of this extension and by administrators; no
    // field of an account decides it. A certificate or a SAML name would let its owner pass for somebody else.
    private static final Set<String> RESERVED = Set.of(
            "id",
            "enabled",
            "emailverified",
            "email_verified",
            "createdtimestamp",
            "created_timestamp",
            "createtimestamp",
            "modifytimestamp",
            "disabledreason",
            "usercertificate",
            "is_temporary_admin");

    /**
     * Reads an attribute's name.
     *
     * @param text as an administrator typed it; surrounding white space is left out; null counts as empty
     * @throws IllegalArgumentException whose message tells an administrator why no mapping may write it
     */
    public static TargetAttribute parse(String text) {
        var attribute = new TargetAttribute(text == null ? "" : text.strip());
        attribute.check();
        return attribute;
    }

    private void check() {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the user attribute is empty");
        }
        if (name.length() > LONGEST || CONTROL.matcher(name).find()) {
            throw new IllegalArgumentException(
                    "a user attribute's name has at most " + LONGEST + " characters and no control characters");
        }
        if (RESERVED.contains(key())) {
            throw new IllegalArgumentException(
                    "the user attribute '" + name + "' is state that Keycloak keeps itself, so no mapping may set it");
        }
        RESERVED_PREFIXES.stream().filter(key()::startsWith).findFirst().ifPresent(prefix -> {
            throw new IllegalArgumentException("the user attribute '" + name + "' is protected: names that begin with '"
                    + prefix + "' are set by Keycloak and its extensions");
        });
    }

    /** {@return what two names have in common that a database may take for one} */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }
}
