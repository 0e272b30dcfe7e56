package io.github.keycloakgigya.broker;

/** A mapper needs a field that Gigya was not asked for: the mappers were changed since the last sign-in on this node. */
final class UnaskedFieldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnaskedFieldException() {
        super("a mapper needs a field that was not asked for");
    }
}
