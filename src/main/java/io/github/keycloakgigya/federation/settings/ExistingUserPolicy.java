package io.github.keycloakgigya.federation.settings;

/** What happens where a new account's user name or e-mail address belongs to a user that is there already. */
public enum ExistingUserPolicy {
    /** The account may not sign in. */
    REFUSE("refuse"),
    /** The account is linked to that user where both sides have verified the same e-mail address. */
    LINK_VERIFIED_EMAIL("linkVerifiedEmail");

    private final String id;

    ExistingUserPolicy(String id) {
        this.id = id;
    }

    /** {@return the value of the setting {@code existingUserPolicy}} */
    public String id() {
        return id;
    }
}
