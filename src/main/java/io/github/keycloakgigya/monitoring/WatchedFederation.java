package io.github.keycloakgigya.monitoring;

import java.time.Duration;
import java.util.Objects;

/**
 * A user federation whose syncs are measured.
 *
 * @param realmId the realm's id
 * @param id the component's id
 * @param realm the realm's name
 * @param name the federation's name
 * @param period how often it is synchronized by itself; zero where it is not
 */
public record WatchedFederation(String realmId, String id, String realm, String name, Duration period) {

    public WatchedFederation {
        Objects.requireNonNull(realmId, "realmId");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(realm, "realm");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(period, "period");
    }
}
