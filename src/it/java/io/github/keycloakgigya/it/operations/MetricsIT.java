package io.github.keycloakgigya.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.Outage;
import io.github.keycloakgigya.it.Scrape;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.it.Versions;
import io.github.keycloakgigya.it.Watched;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.BrokeredApps;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.OpenIdRealm;
import io.github.keycloakgigya.it.realm.PasswordAttempt;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.TokenDoor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An operator reads Keycloak's endpoint {@code /metrics}. */
class MetricsIT extends AtWatchedServer {

    private final KeycloakServer unwatched;

    MetricsIT(@Watched KeycloakServer keycloak, KeycloakServer unwatched, GigyaSimulator simulator) {
        super(keycloak, simulator);
        this.unwatched = unwatched;
    }

    @Test
    void without_keycloaks_option_there_are_none() {
        assertThat(Scrape.answer(unwatched).status()).isEqualTo(404);
    }

    @Test
    void the_version_is_shown() {
        assertThat(Scrape.of(keycloak).of("version"))
                .singleElement()
                .satisfies(version -> assertThat(version.labels()).containsEntry("version", Versions.ofJar()));
    }

    @Test
    void a_sign_in_is_counted_and_so_is_the_call_that_it_makes() {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var before = Scrape.of(keycloak);

            realm.signIn(account(realm));

            var after = Scrape.of(keycloak);
            assertThat(grown(before, after, "sign_ins_total", "door=login_page", "outcome=success"))
                    .isEqualTo(1);
            assertThat(grown(before, after, "calls_seconds_count", "method=accounts.getJWT", "outcome=success"))
                    .isEqualTo(1);
            assertThat(grown(before, after, "calls_seconds_bucket", "method=accounts.getJWT", "le=+Inf"))
                    .isEqualTo(1);
            assertThat(grown(before, after, "calls_seconds_sum", "method=accounts.getJWT"))
                    .isBetween(0.0, 2.5);
        }
    }

    @Test
    void every_door_is_counted_apart() {
        var before = Scrape.of(keycloak);

        try (var apps = AppRealm.create(keycloak, simulator);
                var brokered = BrokeredRealm.create(keycloak, simulator, Map.of());
                var exchange = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of());
                var grants = BrokeredApps.create(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT, Map.of());
                var importer = OpenIdRealm.create(keycloak, simulator, Map.of(), Map.of());
                var passwords = PasswordRealm.create(keycloak, simulator, Map.of())) {
            apps.signIn(apps.account("app"));
            brokered.signIn(account(brokered.realm()));
            exchange.signIn(exchange.account("exchange"));
            var linked = grants.account("grant");
            grants.brokered().signIn(linked);
            grants.signIn(linked);
            importer.signIn(account(importer.realm()));
            var person = passwords.newPerson();
            PasswordAttempt.Door.FORM.attempt(passwords, person.email(), PasswordRealm.PASSWORD);
            PasswordAttempt.Door.FORM.attempt(passwords, person.email(), "a wrong password");
        }

        var after = Scrape.of(keycloak);
        for (var door : new String[] {
            "direct_grant", "identity_provider", "token_exchange", "jwt_grant", "account_importer", "password"
        }) {
            assertThat(grown(before, after, "sign_ins_total", "door=" + door, "outcome=success"))
                    .as(door)
                    .isPositive();
        }
        assertThat(grown(before, after, "sign_ins_total", "door=password", "outcome=wrong_password"))
                .isEqualTo(1);
        assertThat(grown(before, after, "calls_seconds_count", "method=accounts.login", "outcome=wrong_credentials"))
                .isEqualTo(1);
    }

    @Test
    void failures_are_counted_by_what_they_mean() {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var before = Scrape.of(keycloak);

            FailedSignIn.of(realm, realm.visit(), "not.a.token");
            Outage.DROPPED_CONNECTION.begin(simulator.faults(), "accounts.getJWT");
            FailedSignIn.of(realm, account(realm));
            Outage.SERVER_ERROR.begin(simulator.faults(), "accounts.getJWT");
            FailedSignIn.of(realm, account(realm));
            Outage.RATE_LIMIT.begin(simulator.faults(), "accounts.getJWT");
            FailedSignIn.of(realm, account(realm));
            simulator.faults().on("accounts.getJWT", Fault.errorCode(403003));
            FailedSignIn.of(realm, account(realm));

            var after = Scrape.of(keycloak);
            assertThat(grown(before, after, "sign_ins_total", "outcome=proof_invalid"))
                    .isEqualTo(1);
            assertThat(grown(before, after, "sign_ins_total", "outcome=gigya_unavailable"))
                    .isEqualTo(3);
            assertThat(grown(before, after, "sign_ins_total", "outcome=gigya_misconfigured"))
                    .isEqualTo(1);
            for (var outcome : new String[] {"no_answer", "unavailable", "throttled", "misconfigured"}) {
                assertThat(grown(before, after, "calls_seconds_count", "method=accounts.getJWT", "outcome=" + outcome))
                        .as(outcome)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void a_sync_tells_how_far_it_is_and_when_it_was() {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of("fullSyncPeriod", "86400"))) {
            realm.addAccounts(25);
            var start = Instant.now();
            var before = Scrape.of(keycloak);
            realm.full();

            var after = Scrape.of(keycloak);
            var ofRealm = "realm=" + realm.realm().name();
            assertThat(after.sum("sync_handled", ofRealm, "federation=gigya")).isEqualTo(25);
            assertThat(after.sum("sync_expected", ofRealm)).isEqualTo(25);
            assertThat(after.sum("sync_running", ofRealm)).isZero();
            assertThat(after.sum("sync_period_seconds", ofRealm)).isEqualTo(86_400);
            assertThat(after.sum("sync_last_success_timestamp_seconds", ofRealm))
                    .isBetween(
                            start.getEpochSecond() + 0.0,
                            Instant.now().plusSeconds(1).getEpochSecond() + 0.0);
            assertThat(grown(before, after, "syncs_total", "kind=full", "outcome=finished"))
                    .isEqualTo(1);
            assertThat(grown(before, after, "synced_accounts_total", "result=added"))
                    .isEqualTo(25);

            simulator.faults().on("accounts.search", Fault.errorCode(403007));
            realm.full();
            var failed = Scrape.of(keycloak);
            assertThat(grown(after, failed, "syncs_total", "kind=full", "outcome=failed"))
                    .isEqualTo(1);
            assertThat(failed.sum("sync_last_success_timestamp_seconds", ofRealm))
                    .isEqualTo(after.sum("sync_last_success_timestamp_seconds", ofRealm));
        }
    }

    @Test
    void a_federation_or_a_realm_that_is_removed_is_shown_no_more() {
        var realm = SyncedRealm.create(keycloak, simulator, Map.of());
        realm.full();
        var ofRealm = "realm=" + realm.realm().name();
        assertThat(Scrape.of(keycloak).of("sync_running", ofRealm)).hasSize(1);
        realm.realm()
                .admin()
                .delete(realm.path("components/" + realm.realm().componentId()))
                .succeeded();
        assertThat(Scrape.of(keycloak).of("sync_running", ofRealm)).isEmpty();
        realm.close();

        var another = SyncedRealm.create(keycloak, simulator, Map.of());
        another.full();
        another.close();
        assertThat(Scrape.of(keycloak)
                        .of("sync_running", "realm=" + another.realm().name()))
                .isEmpty();
    }

    @Test
    void a_federation_that_is_renamed_is_shown_once() {
        try (var realm = SyncedRealm.create(keycloak, simulator, Map.of())) {
            realm.full();
            var path = realm.path("components/" + realm.realm().componentId());
            var component =
                    (ObjectNode) realm.realm().admin().get(path).succeeded().body();
            realm.realm().admin().put(path, component.put("name", "Shop")).succeeded();

            realm.full();

            assertThat(Scrape.of(keycloak)
                            .of("sync_running", "realm=" + realm.realm().name()))
                    .singleElement()
                    .satisfies(row -> assertThat(row.labels()).containsEntry("federation", "Shop"));
        }
    }

    @Test
    void what_strangers_send_makes_no_series() {
        try (var apps = AppRealm.create(keycloak, simulator)) {
            apps.signIn(apps.account("known"));
            apps.grant(Form.of("gigya_id_token", "nonsense"));
            var before = names(Scrape.of(keycloak));

            for (int i = 0; i < 20; i++) {
                var proof = UUID.randomUUID().toString();
                var random = UUID.randomUUID().toString();
                apps.grant(
                        Form.of("gigya_id_token", proof).and("username", random).and("client_id", random));
                apps.grant(Form.of("gigya_id_token", proof).and("scope", random).and(random, random));
            }

            assertThat(names(Scrape.of(keycloak))).isEqualTo(before);
        }
    }

    @Test
    void no_uid_no_address_and_nothing_secret_is_in_it() {
        try (var realm = PasswordRealm.create(keycloak, simulator, Map.of())) {
            var person = realm.newPerson();
            PasswordAttempt.Door.FORM.attempt(realm, person.email(), PasswordRealm.PASSWORD);
            PasswordAttempt.Door.DIRECT_GRANT.attempt(realm, person.email(), "a wrong password of somebody");
            simulator.faults().on("accounts.getJWT", Fault.errorCode(500001, Map.of("errorDetails", person.email())));
            FailedSignIn.of(realm.realm(), person.account());

            var scrape = Scrape.of(keycloak);

            assertThat(scrape.samples()).isNotEmpty();
            assertThat(scrape.text())
                    .doesNotContain(person.account().uid())
                    .doesNotContain("@")
                    .doesNotContain("eyJ")
                    .doesNotContain(realm.realm().site().apiKey());
            assertThat(Secrets.soFar().keySet()).noneMatch(scrape.text()::contains);
        }
    }

    @Test
    void labels_hold_only_what_the_manual_names() throws IOException {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            realm.signIn(account(realm));
        }
        var manual =
                Files.readString(Path.of("docs/operations.md")) + Files.readString(Path.of("docs/reference/events.md"));

        assertThat(Scrape.of(keycloak).samples())
                .flatExtracting(sample -> sample.labels().entrySet())
                .filteredOn(
                        label -> !Set.of("le", "version", "realm", "federation").contains(label.getKey()))
                .allSatisfy(label ->
                        assertThat(manual).contains('`' + label.getKey() + '`').contains('`' + label.getValue() + '`'));
    }

    private static Set<String> names(Scrape scrape) {
        return scrape.samples().stream()
                .map(sample -> sample.name() + sample.labels())
                .collect(Collectors.toSet());
    }

    private static double grown(Scrape before, Scrape after, String name, String... labels) {
        return after.sum(name, labels) - before.sum(name, labels);
    }
}
