package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.PasswordRealm.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody makes Keycloak look up names that nobody has, hundreds of them. */
@OnlyInFullBuild
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NameFloodIT {

    private static final String SEARCH = "accounts.search";
    private static final int AT_ONCE = 50;

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    NameFloodIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void three_hundred_made_up_names_make_few_calls_and_read_what_a_wrong_password_does() throws Exception {
        try (var realm = realm(Map.of())) {
            var known = realm.newPerson();
            var wrong = realm.users().password(known.email(), "wrong");
            simulator.calls().reset();
            long log = keycloak.log().end();
            long start = System.nanoTime();

            var answers = NameFlood.of(realm.users(), 300);

            var seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            assertThat(simulator.calls().count(SEARCH)).isBetween(AT_ONCE, (int) (AT_ONCE + seconds + 1));
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(wrong.status());
                assertThat(answer.body()).isEqualTo(wrong.body());
            });
            assertThat(keycloak.log().warningsSince(log))
                    .filteredOn(line -> line.contains("is asked for many names that nobody has"))
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo((int) (1 + seconds / 60));
        }
    }

    @Test
    void meanwhile_known_people_sign_in_and_administrators_find_who_is_not_known_yet() {
        try (var realm = realm(Map.of())) {
            var known = realm.newPerson();
            realm.realm().site().add(Account.builder().verifiedEmail("listed@example.com"));
            realm.realm().site().add(Account.builder().verifiedEmail("taken@example.com"));

            try (var flood = NameFlood.begin(realm.users(), simulator)) {
                assertThat(realm.users().password(known.email(), PASSWORD).status())
                        .isEqualTo(200);
                assertThat(realm.realm().admin().users(realm.realm().name(), Map.of("search", "listed@")))
                        .singleElement()
                        .satisfies(
                                user -> assertThat(user.path("email").asText()).isEqualTo("listed@example.com"));
                assertThat(realm.realm()
                                .admin()
                                .post(realm.users().path("users"), Json.parse("""
                                {"username": "another", "email": "taken@example.com", "enabled": true}"""))
                                .status())
                        .as("an address that an account has")
                        .isEqualTo(409);
                flood.goesOn();
            }
        }
    }

    @Test
    void somebody_new_with_a_right_password_gets_in_within_seconds_after_the_flood() {
        try (var realm = realm(Map.of())) {
            realm.realm()
                    .site()
                    .add(Account.builder().verifiedEmail("new@example.com").password(PASSWORD));
            NameFlood.begin(realm.users(), simulator).close();

            await().atMost(Duration.ofSeconds(5))
                    .until(() ->
                            realm.users().password("new@example.com", PASSWORD).status() == 200);
        }
    }

    @Test
    void whom_keycloak_does_not_store_gets_in_meanwhile_if_known_since_lately() {
        try (var realm = realm(Map.of("importEnabled", "false"))) {
            var known = realm.newPerson();
            assertThat(realm.users().password(known.email(), PASSWORD).status()).isEqualTo(200);

            try (var flood = NameFlood.begin(realm.users(), simulator)) {
                realm.realm()
                        .admin()
                        .post("realms/" + realm.realm().name() + "/clear-user-cache", Json.parse("{}"))
                        .succeeded();

                assertThat(realm.users().password(known.email(), PASSWORD).status())
                        .isEqualTo(200);
                flood.goesOn();
            }
        }
    }

    @Test
    void nobody_registers_with_the_address_of_an_account_meanwhile() {
        try (var realm = realm(Map.of())) {
            realm.users().changeRealm("{\"registrationAllowed\": true}");
            var attempts = new AtomicInteger();

            try (var flood = NameFlood.begin(realm.users(), simulator)) {
                // Whoever gets the one look-up that a node grants each second reads that the address is taken: 200.
                // From then on that address is a known one: the next attempt takes another.
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    var owned = "owned." + attempts.incrementAndGet() + "@example.com";
                    realm.realm().site().add(Account.builder().verifiedEmail(owned));
                    var login = realm.login();
                    var form = login.browser().open(login.begin().link("a[href*=registration]"));
                    var answer = login.browser()
                            .post(
                                    form.formAction("#kc-register-form"),
                                    Form.of("username", "squatter")
                                            .and("email", owned)
                                            .and("firstName", "S")
                                            .and("lastName", "Quatter")
                                            .and("password", "some password")
                                            .and("password-confirm", "some password"));
                    assertThat(login.isDone(answer)).isFalse();
                    assertThat(realm.users().byUsername("squatter")).isEmpty();
                    return answer.status() == 503;
                });
                flood.goesOn();
            }
        }
    }

    // Keycloak hashes the password of every attempt, which hundreds of them would mostly consist of.
    private PasswordRealm realm(Map<String, String> federation) {
        var realm = PasswordRealm.create(keycloak, simulator, federation);
        realm.users().changeRealm("{\"passwordPolicy\": \"hashIterations(1)\"}");
        return realm;
    }
}
