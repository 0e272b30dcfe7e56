package io.github.keycloakgigya.api.leaving;

/**
 * What of a password and a salt is hashed, as Gigya writes it: {@code $password} once, {@code $salt} at most once, and any
 * other text as it is.
 *
 * @param text as in {@code wikipedia$salt$password}
 */
public record SaltedFormat(String text) {

    static final String PASSWORD = "$password";
    static final String SALT = "$salt";

    private static final int LONGEST = 256;

    /** {@return what is hashed} */
    public String of(String password, String salt) {
        // What stands around the password is replaced apart: a password or a salt may hold the other's name.
        int at = text.indexOf(PASSWORD);
        var before = text.substring(0, at).replace(SALT, salt);
        var after = text.substring(at + PASSWORD.length()).replace(SALT, salt);
        return before + password + after;
    }

    /** {@return whether a text says what is hashed} */
    public static boolean isUsable(String text) {
        return text.length() <= LONGEST
                && text.contains(PASSWORD)
                && text.replaceFirst("\\" + PASSWORD, "")
                                .replaceFirst("\\" + SALT, "")
                                .indexOf('$')
                        < 0;
    }
}
