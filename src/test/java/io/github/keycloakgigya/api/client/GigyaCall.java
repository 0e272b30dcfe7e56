package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.keycloakgigya.api.GigyaException;

/** A call that is expected to fail. */
@FunctionalInterface
public interface GigyaCall {

    void make() throws GigyaException;

    static GigyaException failureOf(GigyaCall call) {
        return catchThrowableOfType(GigyaException.class, call::make);
    }
}
