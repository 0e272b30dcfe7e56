package io.github.keycloakgigya.leaving;

/** The accounts of a file were dealt with in part only, since the server stops or the database is gone. */
public final class BrokenOffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenOffException() {
        super("The server stops, or its database is gone: send the file again");
    }
}
