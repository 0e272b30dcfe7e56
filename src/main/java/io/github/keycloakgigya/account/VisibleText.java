package io.github.keycloakgigya.account;

import java.util.Locale;
import java.util.Optional;

/** What user names and e-mail addresses must have in common, so that nobody's becomes somebody else's. */
final class VisibleText {

    // The length of Keycloak's columns for user names, e-mail addresses and names.
    private static final int COLUMN_LENGTH = 255;

    private VisibleText() {}

    /**
     * {@return the text in lower case; empty where that changes its letters} Unicode makes a k of the Kelvin sign and an i
     * of the dotted I: a stranger's address would become another's.
     */
    static Optional<String> lowerCase(String text) {
        return text.codePoints().allMatch(c -> c < 128 || Character.toLowerCase(c) >= 128)
                ? Optional.of(text.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** {@return whether a column holds the text, and whoever reads it sees all of it} */
    static boolean fits(String text) {
        return text.length() <= COLUMN_LENGTH && text.codePoints().noneMatch(VisibleText::isInvisible);
    }

    // With these, two names could look the same to whoever reads them.
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
