package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.KeycloakDistribution;
import java.util.Locale;

/**
 * This project's user federation beside Keycloak's LDAP provider.
 *
 * <p>Each gets a freshly started Keycloak and an empty database on the same PostgreSQL server, one after the other.
 */
final class FederationSuite implements Suite {

    private final KeycloakDistribution distribution;
    private final PostgresServer postgres;
    private final BenchSettings settings;

    FederationSuite(KeycloakDistribution distribution, PostgresServer postgres, BenchSettings settings) {
        this.distribution = distribution;
        this.postgres = postgres;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "federation";
    }

    @Override
    public void run(Results results) {
        var peer = measureLdap(results);
        Bench.step("Making " + settings.accounts() + " Gigya accounts");
        try (var gigya = GigyaSite.start(settings.accounts())) {
            FederationFigures ours;
            try (var realm = start(gigya, "gigya")) {
                ours = FederationFigures.measure(realm, FullSync.Statistics.FRESH, settings.pages());
            }
            ours.describe(results, gigya);
            ours.compareWith(peer, results);
            try (var realm = start(gigya, "gigya_heap")) {
                HeapDuringSync.measure(realm, FullSync.Statistics.PLAIN).describe(results);
            }
            measureMany(ours.firstSync(), results);
        }
    }

    /** {@return the better figures of two runs, since statistics that are kept fresh help a sync and cost it} */
    private FederationFigures measureLdap(Results results) {
        Bench.step("Making " + settings.entries() + " LDAP entries");
        try (var ldap = LdapDirectory.start(settings.entries())) {
            SyncRun plain;
            try (var realm = start(ldap, "ldap_plain")) {
                plain = FullSync.measure(realm, FullSync.Statistics.PLAIN);
            }
            results.add(
                    LdapDirectory.READER + ", first full sync, statistics refreshed before it only",
                    String.format(Locale.ROOT, "%,.0f users/s", plain.rate()));
            try (var realm = start(ldap, "ldap_fresh")) {
                var figures = FederationFigures.measure(realm, FullSync.Statistics.FRESH, settings.pages());
                figures.describe(results, ldap);
                return figures.orFaster(plain);
            }
        }
    }

    private void measureMany(SyncRun fewer, Results results) {
        Bench.step("Making " + settings.manyAccounts() + " Gigya accounts");
        try (var gigya = GigyaSite.start(settings.manyAccounts());
                var realm = start(gigya, "gigya_many")) {
            SyncAtScale.measure(realm, fewer, results);
        }
    }

    private FederatedRealm start(UserSource source, String database) {
        return FederatedRealm.start(distribution, postgres, source, database);
    }
}
