package io.github.keycloakgigya.api;

import java.util.regex.Pattern;

/** The form that a UID has wherever it comes from: a token, a browser or the answer to a search. */
public final class UidForm {

    // No limit is published: Gigya makes UIDs of 32 to some 70 characters, and customers may bring their own. 255 is
    // what Keycloak's columns hold, in which a UID ends up as an attribute and, at need, as the user name. Not every
    // database stores control characters and halves of surrogate pairs, and both would let two UIDs look like one.
    private static final Pattern FORM = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    private UidForm() {}

    /** {@return whether a text can be a UID at all} */
    public static boolean fits(String text) {
        return FORM.matcher(text).matches() && !text.isBlank();
    }
}
