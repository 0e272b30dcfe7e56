package io.github.keycloakgigya.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.MessageBundle;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.ConnectionTester;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator has the connection tested: the admin resource {@code gigya/test-connection}. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionTestIT {

    private static final List<String> WORKS = List.of("ok", "ok", "ok", "ok");
    // The realms of the tests have no application key.
    private static final String PARTNER_SECRET =
            MessageBundle.refusals("en").texts().get("gigyaCheckPartnerSecret");

    private static final List<String> NOT_REACHABLE = List.of("failed", "skipped", "skipped", "skipped");
    private static final List<String> WRONG_KEY = List.of("ok", "failed", "skipped", "skipped");
    private static final List<String> WRONG_SECRET = List.of("ok", "ok", "failed", "skipped");
    private static final List<String> WRONG_FIELDS = List.of("ok", "ok", "ok", "failed");

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private GigyaRealm realm;
    private ConnectionTester tester;

    ConnectionTestIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, gigya);
        tester = new ConnectionTester(realm);
        realm.site().add(withMappedFields().verifiedEmail("anybody@example.com"));
    }

    private static AccountBuilder withMappedFields() {
        return Account.builder()
                .data("interests", List.of("all"))
                .data("memberNumber", 1)
                .profile("firstName", "Any")
                .profile("lastName", "Body");
    }

    @AfterEach
    void end_faults() {
        gigya.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void saved_settings_work_after_three_calls() {
        gigya.calls().reset();

        var answer = tester.test(tester.saved());

        assertThat(answer.path("status").asText()).isEqualTo("ok");
        assertThat(ConnectionTester.statuses(answer)).isEqualTo(WORKS);
        assertThat(answer.path("checks").findValuesAsText("name"))
                .containsExactly("reachable", "apiKey", "credentials", "fields");
        assertThat(answer.path("checks").findValuesAsText("message")).containsExactly("", "", PARTNER_SECRET, "");
        assertThat(gigya.calls().counts())
                .isEqualTo(Map.of("accounts.getJWTPublicKey", 1, "accounts.search", 1, "accounts.getJWT", 1));
    }

    @Test
    void accounts_without_a_verified_address_are_counted_and_what_to_do_is_told() {
        try (var unverified = GigyaRealm.create(keycloak, gigya)) {
            var itsTester = new ConnectionTester(unverified);
            unverified.site().add(withMappedFields().verifiedEmail("verified@example.com"));
            for (int i = 0; i < 12; i++) {
                unverified.site().add(withMappedFields().unverifiedEmail("typed" + i + "@example.com"));
            }

            var answer = itsTester.test(itsTester.saved());

            assertThat(answer.path("status").asText()).isEqualTo("ok");
            assertThat(ConnectionTester.messages(answer))
                    .contains("12 of 13 accounts", "“Unverified e-mail addresses”", "“Trust e-mail addresses”")
                    .doesNotContain("example.com");
            unverified.configure(Map.of("unverifiedEmail", "store"));
            assertThat(ConnectionTester.messages(itsTester.test(itsTester.saved()))
                            .strip())
                    .isEqualTo(PARTNER_SECRET);
        }
    }

    @Test
    void an_unreachable_gigya_is_named_in_time() {
        gigya.faults().everywhere(Fault.silent());
        long start = System.nanoTime();

        var answer = tester.test(tester.saved());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        assertThat(answer.path("status").asText()).isEqualTo("failed");
        assertThat(ConnectionTester.statuses(answer)).isEqualTo(NOT_REACHABLE);
        assertThat(ConnectionTester.messages(answer)).contains("can't be reached at " + gigya.apiDomain(), "firewall");
    }

    @Test
    void each_call_gets_the_time_that_it_has_at_a_sign_in() {
        gigya.faults().everywhere(Fault.delay(Duration.ofMillis(1200)));

        var answer = tester.test(tester.saved());

        assertThat(ConnectionTester.statuses(answer)).isEqualTo(WORKS);
    }

    @Test
    void the_data_center_that_gigya_suggests_is_told() {
        gigya.faults().on("accounts.search", Fault.errorCode(301001, Map.of("apiDomain", "eu1.gigya.com")));

        var answer = tester.test(tester.saved());

        assertThat(ConnectionTester.statuses(answer)).isEqualTo(WRONG_KEY);
        assertThat(ConnectionTester.messages(answer)).contains("Choose the data center eu1.");
    }

    @Test
    void an_unknown_api_key_is_told_from_a_wrong_secret() {
        var settings = tester.component();
        ConnectionTester.set(settings, "apiKey", "3_" + "z".repeat(64));
        ConnectionTester.set(settings, "secret", "YW5vdGhlciBzZWNyZXQgYWx0b2dldGhlcg==");
        assertThat(ConnectionTester.statuses(tester.test(settings))).isEqualTo(WRONG_KEY);

        ConnectionTester.set(settings, "apiKey", realm.site().apiKey());
        var wrongSecret = tester.test(settings);

        assertThat(ConnectionTester.statuses(wrongSecret)).isEqualTo(WRONG_SECRET);
        assertThat(ConnectionTester.messages(wrongSecret))
                .contains("Gigya refuses the secret")
                .doesNotContain("YW5vdGhlciB");
    }

    @Test
    void a_secret_of_another_key_and_an_unknown_key_are_told() {
        var settings = tester.component();
        ConnectionTester.set(settings, "userKey", ApplicationKey.random().userKey());
        ConnectionTester.set(settings, "secret", realm.site().partnerSecret() + " ");

        var answer = tester.test(settings);

        assertThat(ConnectionTester.statuses(answer)).isEqualTo(WRONG_SECRET);
        assertThat(ConnectionTester.messages(answer)).contains("does not know the application or user key");
    }

    @ParameterizedTest
    @CsvSource({
        "accounts.search, 403007, 2, lacks a right",
        "accounts.getJWT, 403007, 3, lacks a right",
        "accounts.search, 403002, 2, the time of this server",
        "accounts.search, 405001, 1, is not Gigya's API",
        "accounts.search, 403048, 1, error 403048",
        "accounts.getJWTPublicKey, 500001, 0, error 500001",
        "accounts.search, 403300, 1, error 403300"
    })
    void a_refusal_is_put_to_the_step_that_it_speaks_of(String method, int errorCode, int failed, String advice) {
        gigya.faults().on(method, Fault.errorCode(errorCode));

        var answer = tester.test(tester.saved());

        assertThat(ConnectionTester.statuses(answer).indexOf("failed")).isEqualTo(failed);
        assertThat(ConnectionTester.messages(answer)).contains(advice);
    }

    @Test
    void fields_that_can_not_be_read_are_named() {
        var settings = tester.component();
        ConnectionTester.set(settings, "fieldMappings", """
                [{"key":"profile.email","value":"email"},{"key":"data.nobodyHasThis","value":"nothing"}]""");

        var answer = tester.test(settings);

        assertThat(ConnectionTester.statuses(answer)).isEqualTo(WRONG_FIELDS);
        assertThat(ConnectionTester.messages(answer))
                .contains("data.nobodyHasThis")
                .doesNotContain("profile.email");
    }

    @Test
    void without_an_account_the_fields_are_not_tried_and_nothing_is_wrong() {
        try (var empty = GigyaRealm.create(keycloak, gigya)) {
            var answer = new ConnectionTester(empty)
                    .post(new ConnectionTester(empty).saved())
                    .succeeded()
                    .body();

            assertThat(answer.path("status").asText()).isEqualTo("ok");
            assertThat(ConnectionTester.statuses(answer)).isEqualTo(List.of("ok", "ok", "ok", "skipped"));
            assertThat(ConnectionTester.messages(answer)).contains("no account");
        }
    }
}
