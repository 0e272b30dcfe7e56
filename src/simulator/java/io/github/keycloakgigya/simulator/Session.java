package io.github.keycloakgigya.simulator;

import java.time.Instant;

/** An open session of an account at a site. {@code expiresAt} is {@link Instant#MAX} where nothing ends it. */
record Session(String token, String apiKey, Account account, Instant expiresAt) {

    boolean hasExpired() {
        return Instant.now().isAfter(expiresAt);
    }
}
