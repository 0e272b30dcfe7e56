package io.github.keycloakgigya.federation;

/** An account whose user name or e-mail address belongs to a user of somebody else, or whose user has left. */
public final class AccountConflictException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean ofFederation;
    private final boolean ofReleased;

    AccountConflictException(String property) {
        this(property, true);
    }

    /**
     * An account that collides.
     *
     * @param ofFederation whether the other user is, or may be, one who stands for another account
     */
    AccountConflictException(String property, boolean ofFederation) {
        this("the account's " + property + " belongs to another user", ofFederation, false);
    }

    private AccountConflictException(String message, boolean ofFederation, boolean ofReleased) {
        super(message);
        this.ofFederation = ofFederation;
        this.ofReleased = ofReleased;
    }

    /** {@return that the account's user has left the federation, and that nobody takes its place} */
    static AccountConflictException released() {
        return new AccountConflictException("the account's user has left Gigya", true, true);
    }

    /** {@return whether it is the account's own user, who has left the federation} */
    public boolean isOfReleased() {
        return ofReleased;
    }

    /** {@return whether the other user is, or may be, one who stands for another account of the same federation} */
    public boolean isOfFederation() {
        return ofFederation;
    }
}
