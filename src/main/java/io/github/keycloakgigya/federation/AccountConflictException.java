package io.github.keycloakgigya.federation;

/** An account whose user name or e-mail address belongs to a user of somebody else. */
public final class AccountConflictException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean ofFederation;

    AccountConflictException(String property) {
        this(property, true);
    }

    /**
     * An account that collides.
     *
     * @param ofFederation whether the other user is, or may be, one who stands for another account
     */
    AccountConflictException(String property, boolean ofFederation) {
        super("the account's " + property + " belongs to another user");
        this.ofFederation = ofFederation;
    }

    /** {@return whether the other user is, or may be, one who stands for another account of the same federation} */
    public boolean isOfFederation() {
        return ofFederation;
    }
}
