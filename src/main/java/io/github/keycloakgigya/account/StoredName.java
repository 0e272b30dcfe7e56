package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.Uid;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What Keycloak stores of what a person is called, in columns of 255 characters: a user name, an e-mail address, a first or
 * last name. Nobody's user name or address becomes somebody else's by the way it is written.
 */
public sealed interface StoredName {

    /** {@return the text} */
    String text();

    /** The length of the columns for user names, e-mail addresses and names. */
    int COLUMN_LENGTH = 255;

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
        return text.length() <= COLUMN_LENGTH && text.codePoints().noneMatch(StoredName::isInvisible);
    }

    // With these, two names could look the same to whoever reads them.
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /**
     * The name of a user in Keycloak: in lower case, and of no letters that could make it look like, or become, another's.
     *
     * @param text as Keycloak stores it
     */
    public record Username(String text) implements StoredName {

        /**
         * {@return the name that an account asks for; its UID where it asks for none, or for one that can't be}
         *
         * @param wanted what the account's field holds
         * @param uid the account's UID
         */
        public static Username of(Optional<String> wanted, Uid uid) {
            return wanted.flatMap(Username::parse).orElseGet(() -> ofUid(uid));
        }

        /** {@return the name that a text stands for; empty where it can't be one} */
        public static Optional<Username> parse(String text) {
            return StoredName.lowerCase(text)
                    .map(String::strip)
                    .filter(name -> !name.isEmpty() && StoredName.fits(name))
                    .map(Username::new);
        }

        /** {@return the name that a UID becomes} */
        public static Username ofUid(Uid uid) {
            // Some letters take more room in lower case.
            var name = uid.value().toLowerCase(Locale.ROOT);
            return new Username(
                    StoredName.fits(name)
                            ? name
                            : UUID.nameUUIDFromBytes(uid.value().getBytes(StandardCharsets.UTF_8))
                                    .toString());
        }

        /** {@return whether it could be somebody's e-mail address} */
        public boolean isAddress() {
            var at = text.indexOf('@');
            return at > 0 && at < text.length() - 1;
        }

        /** Leaves the name out, so that no log shows it. */
        @Override
        public String toString() {
            return "Username[]";
        }
    }

    /**
     * An e-mail address as far as two of them are compared, and stored.
     *
     * @param text as received
     */
    public record EmailAddress(String text) implements StoredName {

        /**
         * {@return the address as Keycloak stores it, in lower case; empty where it can't be stored as one} Whether it is of
         * the form of an e-mail address is for Keycloak to say.
         */
        public Optional<String> stored() {
            return StoredName.lowerCase(text)
                    .filter(address ->
                            StoredName.fits(address) && address.codePoints().noneMatch(Character::isWhitespace));
        }

        /**
         * {@return whether both are one address} Only the letters A to Z are alike in both cases. Unicode's rules make the
         * Kelvin sign a k and the dotless i an I, so that a stranger's verified address could stand for another's.
         */
        public boolean matches(EmailAddress other) {
            return !text.isEmpty() && lowerCase().equals(other.lowerCase());
        }

        /** {@return whether it is one of several} */
        boolean isAmong(Collection<String> others) {
            return others.stream().map(EmailAddress::new).anyMatch(this::matches);
        }

        private String lowerCase() {
            var folded = new StringBuilder(text.length());
            text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)));
            return folded.toString();
        }

        /** Leaves the address out, so that no log shows it. */
        @Override
        public String toString() {
            return "EmailAddress[]";
        }
    }

    /**
     * A first or last name as Keycloak stores it.
     *
     * @param text at most 255 characters
     */
    public record PersonName(String text) implements StoredName {

        /** {@return the name that a field's values stand for, cut where it is too long; empty where there is none} */
        public static Optional<PersonName> of(List<String> values) {
            return values.stream()
                    .findFirst()
                    .map(name ->
                            new PersonName(name.length() <= COLUMN_LENGTH ? name : name.substring(0, COLUMN_LENGTH)));
        }

        /** Leaves the name out, so that no log shows it. */
        @Override
        public String toString() {
            return "PersonName[]";
        }
    }
}
