package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.api.GigyaException;
import org.keycloak.storage.StorageUnavailableException;

/**
 * A search that Gigya did not answer, for Keycloak to go on without it. Keycloak logs it at level WARN with its stack
 * trace and those of its causes, once for each person who is looked up (26.5 to 26.7, {@code UserStorageManager}). Its
 * message says all, so it has neither.
 */
public final class UnansweredSearchException extends StorageUnavailableException {

    private static final long serialVersionUID = 1L;

    /** @param failure whose message is safe to log */
    public UnansweredSearchException(GigyaException failure) {
        super(failure.getMessage());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
