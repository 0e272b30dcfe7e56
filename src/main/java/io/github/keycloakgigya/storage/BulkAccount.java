package io.github.keycloakgigya.storage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An account on its way into Keycloak's own storage.
 *
 * @param profile what its user is to look like
 * @param emailVerified whether Gigya has verified the profile's e-mail address, whatever {@code trustEmail} says
 * @param active whether the account may sign in at Gigya
 * @param lastUpdated when the account changed last, by Gigya's clock; empty where Gigya did not say
 * @param readAt when Gigya said all this, by Gigya's clock
 */
record BulkAccount(
        ImportedProfile profile, boolean emailVerified, boolean active, Optional<Instant> lastUpdated, Instant readAt) {

    BulkAccount {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(lastUpdated, "lastUpdated");
        Objects.requireNonNull(readAt, "readAt");
    }
}
