package io.github.keycloakgigya.leaving;

/** A run or a preview of the federation is under way, on this node or another. */
public final class RunningException extends Exception {

    private static final long serialVersionUID = 1L;

    RunningException() {
        super("A transfer or a preview of this federation is running");
    }
}
