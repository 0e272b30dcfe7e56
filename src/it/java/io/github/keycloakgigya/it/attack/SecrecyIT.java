package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.LeakCheck;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.ServerLog;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That leaks are found, and none in the log so far. {@link SharedServers} looks for them after each class, and
 * {@link GigyaRealm#close()} in events.
 */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecrecyIT {

    private static final String OURS = "io.github.keycloakgigya.failure.FailureReport";
    private static final String SECRET = "c2VjcmV0LW9mLXRoZS1zaXRlIQ==";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    SecrecyIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void the_servers_log_holds_no_secret_no_token_no_address_and_no_uid() {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var account = realm.site()
                    .add(Account.builder().verifiedEmail("discreet@example.com").profile("firstName", "Discreet"));
            realm.signIn(account);
            var visitor = realm.visit();
            visitor.post(realm.proofOf(account, "another-audience"));
            realm.site().delete(account);
            visitor.post(realm.proofOf(account, visitor.audience()));
        }

        var log = keycloak.log().entries();

        assertThat(LeakCheck.ofAllSoFar(simulator).inLog(log)).isEmpty();
        assertThat(Secrets.soFar().values()).contains("partner secret", "proof");
        assertThat(log)
                .as("this project's DEBUG lines are on")
                .anyMatch(
                        entry -> entry.category().equals(OURS) && entry.level().equals("DEBUG"));
    }

    @ParameterizedTest
    @CsvSource({
        "org.hibernate.SQL, insert c2VjcmV0LW9mLXRoZS1zaXRlIQ== into, a partner secret",
        "org.keycloak.events, token eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJpc3Mi.c2ln, a token",
        "org.keycloak.services, -----BEGIN RSA PRIVATE KEY-----, a private key",
        "io.github.keycloakgigya.federation.GigyaUsers, found some.body@example.com, an e-mail address"
    })
    void a_leak_in_a_log_is_found_and_not_shown(String category, String message, String leak) {
        var check = new LeakCheck(Map.of(SECRET, "partner secret"));

        var leaks = check.inLog(List.of(new ServerLog.Entry(Instant.EPOCH, "DEBUG", category, "main", message)));

        assertThat(leaks).containsExactly(leak + " in the log of " + category);
    }

    @ParameterizedTest
    @CsvSource({
        "WARN, io.github.keycloakgigya.federation.lookup.UserLookUp, 2 accounts have one name: [0123456789abcdef]",
        "INFO, io.github.keycloakgigya.federation.RemoteUsers, User f:7d2f:0123456789abcdef has no account",
        "ERROR, org.hibernate.engine.jdbc, (realm_id='x' username='ann@example.com')"
    })
    void a_uid_in_the_log_of_a_server_in_production_is_found(String level, String category, String message) {
        var check = new LeakCheck(Map.of(), Set.of("0123456789abcdef", "ann@example.com"));

        assertThat(check.inLog(List.of(new ServerLog.Entry(Instant.EPOCH, level, category, "main", message))))
                .containsExactly("a UID in the log of " + category);
    }

    @ParameterizedTest
    @CsvSource({
        "DEBUG, org.hibernate.SQL, where value=0123456789abcdef",
        "WARN, org.keycloak.events, type=LOGIN_ERROR gigya_uid=0123456789abcdef",
        "WARN, io.github.keycloakgigya.sync.SyncTally, The account of user 00123456789abcdef was not synchronized",
        "INFO, io.github.keycloakgigya.sync.SyncRun, Sync of old-1 is finished"
    })
    void other_lines_are_none_of_uids(String level, String category, String message) {
        var check = new LeakCheck(Map.of(), Set.of("0123456789abcdef", "old-1"));

        assertThat(check.inLog(List.of(new ServerLog.Entry(Instant.EPOCH, level, category, "main", message))))
                .isEmpty();
    }

    @Test
    void the_lines_of_a_log_are_taken_for_what_they_are() {
        var check = new LeakCheck(Map.of(SECRET, "partner secret"));

        assertThat(check.inLog(List.of(
                        new ServerLog.Entry(
                                Instant.EPOCH,
                                "WARN",
                                "org.keycloak.events",
                                "main",
                                "username=\"some.body@example.com\""),
                        new ServerLog.Entry(
                                Instant.EPOCH,
                                "DEBUG",
                                OURS,
                                "main",
                                "Sign-in failed (proof_invalid): org.example.Thing@1f2e3d"))))
                .isEmpty();
    }

    @Test
    void a_leak_in_an_event_is_found() {
        var check = new LeakCheck(Map.of(SECRET, "partner secret"));

        assertThat(check.inEvents(List.of(
                        Json.parse("{\"type\":\"LOGIN\",\"details\":{\"username\":\"some.body@example.com\"}}"),
                        Json.parse("{\"type\":\"LOGIN\",\"details\":{\"gigya_uid\":\"some.body@example.com\"}}"),
                        Json.parse("{\"type\":\"E\",\"details\":{\"gigya_error\":\"some.body@example.com\"}}"),
                        Json.parse("{\"type\":\"E\",\"details\":{\"reason\":\"" + SECRET + "\"}}"))))
                .containsExactly("an e-mail address in gigya_error of an event E", "a partner secret in an event E");
        assertThat(check.inAdminEvents(List.of(
                        Json.parse("{\"resourcePath\":\"components/1\",\"representation\":\"" + SECRET + "\"}"))))
                .containsExactly("a partner secret in an admin event at components/1");
    }

    @Test
    void a_private_key_is_known_by_each_of_its_lines() {
        assertThat(Secrets.linesOf("-----BEGIN PRIVATE KEY-----\n" + SECRET + "\nshort\n-----END PRIVATE KEY-----"))
                .containsExactly(SECRET);
    }
}
