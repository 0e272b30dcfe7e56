package io.github.keycloakgigya.federation.password;

import io.github.keycloakgigya.api.GigyaException;
import java.util.Optional;

/** A sign-in with a password that ended, though not because the password is wrong. Its message is safe to log. */
final class RefusedLoginException extends Exception {

    private static final long serialVersionUID = 1L;

    private final PasswordRefusal refusal;

    private RefusedLoginException(PasswordRefusal refusal, String message, Throwable cause) {
        super(message, cause);
        this.refusal = refusal;
    }

    static RefusedLoginException of(GigyaException failure) {
        return new RefusedLoginException(PasswordRefusal.of(failure.kind()), failure.getMessage(), failure);
    }

    static RefusedLoginException of(PasswordRefusal refusal, String message) {
        return new RefusedLoginException(refusal, message, null);
    }

    PasswordRefusal refusal() {
        return refusal;
    }

    /** {@return the failed call, where there was one} */
    Optional<GigyaException> gigyaFailure() {
        return getCause() instanceof GigyaException failure ? Optional.of(failure) : Optional.empty();
    }
}
