package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.GigyaException;

/** Failures that only this package can make. */
public final class Failures {

    private Failures() {}

    /** {@return the failure of an answer that held too much} */
    public static GigyaException tooLarge() {
        return GigyaException.tooLarge("too large");
    }
}
