package io.github.keycloakgigya.token;

import java.util.regex.Pattern;

/**
 * A UID of a form that can be one.
 *
 * @param text the UID, verbatim
 */
public record Uid(String text) {

    // No limit is published: Gigya makes UIDs of 32 to some 70 characters, and customers may bring their own. 255 is
    // what
    // Keycloak's columns hold, in which a UID ends up as an attribute and, at need, as the user name. Not every
    // database
    // stores control characters and halves of surrogate pairs, and both would let two UIDs look like one.
    private static final Pattern FORM = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    /** {@return whether a text can be a UID at all} */
    public static boolean isUid(String text) {
        return FORM.matcher(text).matches();
    }

    static Uid of(Object claim) throws TokenRefusedException {
        if (claim instanceof String text && isUid(text)) {
            return new Uid(text);
        }
        throw new TokenRefusedException(TokenRule.SUBJECT);
    }

    /** Leaves the UID out, so that no log shows it by accident. */
    @Override
    public String toString() {
        return "Uid[]";
    }
}
