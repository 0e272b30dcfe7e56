package io.github.keycloakgigya.broker.mapper;

/** A mapper needs a field that Gigya was not asked for: the mappers were changed since the last sign-in on this node. */
public final class UnaskedFieldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** There is nothing to say besides. */
    public UnaskedFieldException() {
        super("a mapper needs a field that was not asked for");
    }
}
