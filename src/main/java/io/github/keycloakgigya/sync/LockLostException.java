package io.github.keycloakgigya.sync;

/** Another sync may write now, or the federation is gone. */
public final class LockLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
