package io.github.keycloakgigya.storage;

/** An account whose user name or e-mail address belongs to a user of somebody else. */
public final class AccountConflictException extends Exception {

    private static final long serialVersionUID = 1L;

    AccountConflictException(String property) {
        super("the account's " + property + " belongs to another user");
    }
}
