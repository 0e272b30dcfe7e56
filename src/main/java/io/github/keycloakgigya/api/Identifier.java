package io.github.keycloakgigya.api;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an account's owner signs in by besides addresses and user names. One account has it at most.
 *
 * @param name what Gigya calls the kind: {@code _phoneNumber}, or the name of one of the site's custom identifiers
 * @param value as Gigya keeps it
 */
public record Identifier(String name, String value) {

    private static final String PHONE_NUMBER = "_phoneNumber";

    private static final Pattern PHONE = Pattern.compile("\\+[0-9][0-9 .-]{5,30}[0-9]");
    private static final Pattern INTERNATIONAL = Pattern.compile("\\+[0-9]{7,15}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{4,32}");
    private static final Pattern CUSTOM_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    public Identifier {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /** {@return the phone number that a text is; empty where it does not begin with + and a country's code} */
    public static Optional<Identifier> phone(String typed) {
        return Optional.of(typed.strip())
                .filter(text -> PHONE.matcher(text).matches())
                .map(text -> text.replaceAll("[ .-]", ""))
                .filter(text -> INTERNATIONAL.matcher(text).matches())
                .map(text -> new Identifier(PHONE_NUMBER, text));
    }

    /**
     * {@return the custom identifier that a text may be; empty where it is not 4 to 32 digits} Keycloak writes in lower case
     * what people type, and so can't look for letters exactly.
     *
     * @param name of the site's custom identifier
     */
    public static Optional<Identifier> custom(String name, String typed) {
        return Optional.of(typed.strip())
                .filter(text -> DIGITS.matcher(text).matches())
                .map(text -> new Identifier(name, text));
    }

    /** {@return whether a custom identifier can have this name: those that begin with _ are Gigya's} */
    public static boolean isCustomName(String name) {
        return CUSTOM_NAME.matcher(name).matches();
    }

    /** Leaves the value out, so that no log shows it. */
    @Override
    public String toString() {
        return "Identifier[" + name + "]";
    }
}
