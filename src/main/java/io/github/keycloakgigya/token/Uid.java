package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.UidForm;

/**
 * A UID of a form that can be one.
 *
 * @param text the UID, verbatim
 */
public record Uid(String text) {

    /** {@return whether a text can be a UID at all} */
    public static boolean isUid(String text) {
        return UidForm.fits(text);
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
