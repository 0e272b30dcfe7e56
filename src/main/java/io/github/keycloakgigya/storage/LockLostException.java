package io.github.keycloakgigya.storage;

/** Another sync may write now, or the federation is gone. */
final class LockLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
