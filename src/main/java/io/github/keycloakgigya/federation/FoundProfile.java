package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.federation.ImportedProfile.UserDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.UserModel;

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

    /** {@return what its user is to become, written in bulk: no time of the reading, since it was found among others} */
    public UserDraft draft() {
        return new UserDraft(profile, addresses, active, Optional.empty());
    }

    /** {@return the same with another profile} */
    public FoundProfile with(ImportedProfile other) {
        return new FoundProfile(other, addresses, active, lastUpdated, readAt);
    }

    /**
     * When a search showed an account.
     *
     * @param lastUpdated when the account, as it was shown, changed last, by Gigya's clock; empty where Gigya did not say
     * @param answeredAt when Gigya showed it, by Gigya's clock
     */
    public record SearchedAt(Optional<Instant> lastUpdated, Instant answeredAt) {

        // How late Gigya's search index may be.
        private static final Duration INDEX_DELAY = Duration.ofMinutes(5);

        /** {@return whether the search may not have seen yet what a sign-in of this user has seen already} */
        public boolean isOlderThan(UserModel user) {
            return FederatedUser.asOf(user)
                    .filter(asOf -> asOf.isAfter(answeredAt.minus(INDEX_DELAY)))
                    .filter(asOf ->
                            lastUpdated.filter(changed -> changed.isAfter(asOf)).isEmpty())
                    .isPresent();
        }
    }
}
