package io.github.keycloakgigya.federation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserModel;

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
