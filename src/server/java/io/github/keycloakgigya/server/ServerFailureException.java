package io.github.keycloakgigya.server;

/** A server did not start or did not answer as it must; the message is one line that says what to do or to look at. */
public final class ServerFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one line, or lines of the server's log after it */
    public ServerFailureException(String message) {
        super(message);
    }
}
