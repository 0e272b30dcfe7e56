package io.github.keycloakgigya.token;

import java.util.regex.Pattern;

/**
 * A UID of a form that can be one.
 *
 * @param text the UID, verbatim
 */
record Uid(String text) {

    // Gigya makes UIDs of 32 to some 70 characters, a customer may bring UIDs of its own, and no limit is published.
    // 255
    // is what Keycloak's columns hold, in which the UID ends up as an attribute and, at need, as the user name. Control
    // characters and halves of surrogate pairs can't be stored by every database, and would let two UIDs look like one.
    private static final Pattern FORM = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    static Uid of(Object claim) throws TokenRefusedException {
        if (claim instanceof String text && FORM.matcher(text).matches()) {
            return new Uid(text);
        }
        throw new TokenRefusedException(TokenRule.SUBJECT);
    }
}
