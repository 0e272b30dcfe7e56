package io.github.keycloakgigya.account;

/** What becomes of an e-mail address that Gigya has not verified. */
public enum UnverifiedEmail {
    /** The user gets none. */
    OMIT("omit"),
    /** The user gets it, not verified. */
    STORE("store");

    private final String id;

    UnverifiedEmail(String id) {
        this.id = id;
    }

    /** {@return the value of the setting {@code unverifiedEmail}} */
    public String id() {
        return id;
    }
}
