package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.KnownAddresses;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a search found of an account, on its way into Keycloak's own storage.
 *
 * @param profile what its user is to look like
 * @param addresses what Gigya knows of its addresses, whatever {@code trustEmail} says
 * @param active whether the account may sign in at Gigya
 * @param lastUpdated when the account changed last, by Gigya's clock; empty where Gigya did not say
 * @param readAt when Gigya said all this, by Gigya's clock
 */
public record FoundProfile(
        ImportedProfile profile,
        KnownAddresses addresses,
        boolean active,
        Optional<Instant> lastUpdated,
        Instant readAt) {

    public FoundProfile {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(addresses, "addresses");
        Objects.requireNonNull(lastUpdated, "lastUpdated");
        Objects.requireNonNull(readAt, "readAt");
    }

    /** {@return the same with another profile} */
    public FoundProfile with(ImportedProfile other) {
        return new FoundProfile(other, addresses, active, lastUpdated, readAt);
    }
}
