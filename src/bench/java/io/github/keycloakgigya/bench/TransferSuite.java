package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.LiveHeap;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.Database;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.ServerFailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Hashes of passwords that come along from a file of accounts, whose users are there, beside Keycloak's partial import of
 * the same users with the same hashes. Neither hashes anything.
 */
final class TransferSuite implements Suite {

    private static final String NAME = "password-transfer";
    private static final double TARGET = 2.5;
    private static final int PART = 20_000;
    private static final int PEERS = 5_000;
    private static final int PEER_PART = 1_000;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int ROUNDS = 3_000;

    private final KeycloakDistribution distribution;
    private final PostgresServer postgres;
    private final BenchSettings settings;
    private final Random random = new Random(1);

    TransferSuite(KeycloakDistribution distribution, PostgresServer postgres, BenchSettings settings) {
        this.distribution = distribution;
        this.postgres = postgres;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Results results) {
        var ours = ours(results);
        var peer = peer();
        results.add(Comparison.ofRates(NAME, ours.rate(), peer.rate(), "Keycloak's partial import", "users/s", TARGET));
    }

    private SyncRun ours(Results results) {
        try (var gigya = GigyaSite.start(settings.accounts());
                var realm = FederatedRealm.start(distribution, postgres, gigya, "transfer")) {
            FullSync.measure(realm, FullSync.Statistics.PLAIN);
            var parts = parts(gigya.uids());
            realm.database().analyze();
            var atBegin = realm.liveHeap();
            Bench.step("Transfer of " + gigya.people() + " hashes");
            var time = Duration.ZERO;
            for (var part : parts) {
                var start = System.nanoTime();
                var answer = realm.transfer(part);
                time = time.plusNanos(System.nanoTime() - start);
                if (answer.path("failed").asInt() > 0 || answer.path("badLines").asInt() > 0) {
                    throw new ServerFailureException("The transfer answered " + answer);
                }
            }
            var atEnd = realm.liveHeap();
            requireAll(realm.database(), FederatedRealm.REALM, gigya.people());
            realm.forgetUsers();
            results.add(
                    String.format(Locale.ROOT, "Live heap of Keycloak during a transfer of %,d hashes", gigya.people()),
                    String.format(
                            Locale.ROOT,
                            "%.1f MB before, %.1f MB after, %.1f MB once Keycloak's user cache was cleared",
                            atBegin / 1e6,
                            atEnd / 1e6,
                            realm.liveHeap() / 1e6));
            release(realm, gigya.people(), results);
            return new SyncRun(gigya.people(), time);
        }
    }

    private static void release(FederatedRealm realm, int people, Results results) {
        Bench.step("Release of " + people + " users");
        var start = System.nanoTime();
        var released = realm.release();
        var seconds = (System.nanoTime() - start) / 1e9;
        if (released != people) {
            throw new ServerFailureException(released + " of " + people + " users were released.");
        }
        results.add(
                String.format(Locale.ROOT, "Release of %,d users, each with such a hash", people),
                String.format(Locale.ROOT, "%.0f s, %.0f users a second", seconds, people / seconds));
    }

    private List<String> parts(List<String> uids) {
        var parts = new ArrayList<String>();
        for (var from = 0; from < uids.size(); from += PART) {
            var lines = new StringBuilder();
            for (var uid : uids.subList(from, Math.min(from + PART, uids.size()))) {
                lines.append(line(uid)).append('\n');
            }
            parts.add(lines.toString());
        }
        return parts;
    }

    private String line(String uid) {
        var account = (ObjectNode) Json.parse("{\"isActive\": true, \"isRegistered\": true}");
        account.put("UID", uid).put("lastLogin", "2025-11-29T10:00:00.000Z");
        var password = account.putObject("password");
        password.put("hash", base64(20)).put("created", "2020-05-25T11:40:22.353Z");
        password.putObject("hashSettings")
                .put("algorithm", "pbkdf2_sha512")
                .put("rounds", ROUNDS)
                .put("salt", base64(16));
        return account.toString();
    }

    private String base64(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private SyncRun peer() {
        try (var keycloak = FreshKeycloak.start(distribution, postgres, "transfer_peer", UnaryOperator.identity())) {
            var admin = new AdminClient(keycloak.server().address(), LONGEST);
            admin.createRealm(Json.parse("{\"realm\": \"peer\", \"enabled\": true}"));
            // The first one finds nothing compiled, as ours does not after a sync.
            imports(admin, 0);
            Bench.step("Partial import of " + PEERS + " users");
            var start = System.nanoTime();
            for (var from = PEER_PART; from < PEER_PART + PEERS; from += PEER_PART) {
                imports(admin, from);
            }
            var time = Duration.ofNanos(System.nanoTime() - start);
            requireAll(keycloak.database(), "peer", PEERS + PEER_PART);
            Bench.step(String.format(
                    Locale.ROOT,
                    "Live heap of that Keycloak: %.1f MB",
                    LiveHeap.of(keycloak.server().processId()) / 1e6));
            return new SyncRun(PEERS, time);
        }
    }

    private void imports(AdminClient admin, int from) {
        var request = (ObjectNode) Json.parse("{\"ifResourceExists\": \"FAIL\"}");
        for (var person = from; person < from + PEER_PART; person++) {
            var user = request.withArray("/users").addObject();
            user.put("username", GigyaSite.email(person))
                    .put("email", GigyaSite.email(person))
                    .put("emailVerified", true)
                    .put("firstName", "First" + person)
                    .put("lastName", "Last" + person)
                    .put("enabled", true);
            user.putArray("credentials")
                    .addObject()
                    .put("type", "password")
                    .put("secretData", "{\"value\":\"%s\",\"salt\":\"%s\"}".formatted(base64(20), base64(16)))
                    .put("credentialData", "{\"hashIterations\":%d,\"algorithm\":\"pbkdf2-sha512\"}".formatted(ROUNDS));
        }
        admin.post("realms/peer/partialImport", request).succeeded();
    }

    private static void requireAll(Database database, String realm, int people) {
        var stored = database.number("select count(*) from credential c join user_entity u on u.id = c.user_id"
                + " join realm r on r.id = u.realm_id where r.name = '" + realm + "'");
        if (stored != people) {
            throw new ServerFailureException(stored + " of " + people + " passwords are stored.");
        }
    }
}
