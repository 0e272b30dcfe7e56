package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A call that is expected to fail. */
@FunctionalInterface
interface GigyaCall {

    void make() throws GigyaException;

    static GigyaException failureOf(GigyaCall call) {
        return catchThrowableOfType(GigyaException.class, call::make);
    }
}
