package io.github.keycloakgigya.it.federation;

import static io.github.keycloakgigya.it.realm.PasswordRealm.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.Outage;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.PasswordAttempt.Door;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gigya is down, or its answers can't be used, while somebody signs in with a password. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordOutageIT {

    private static final String LOGIN = "accounts.login";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private PasswordRealm realm;

    PasswordOutageIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeAll
    void create_a_realm() {
        realm = PasswordRealm.create(keycloak, gigya, Map.of());
    }

    @AfterEach
    void end_faults() {
        gigya.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED_CONNECTION", "SILENCE", "DROPPED_CONNECTION", "GARBAGE", "HTML_WITH_STATUS_200"})
    void an_outage_is_no_wrong_password_and_ends_in_time(Outage outage) {
        var person = realm.newPerson();
        for (var door : Door.values()) {
            outage.begin(gigya.faults(), LOGIN);
            long log = keycloak.log().end();
            long start = System.nanoTime();

            var attempt = door.attempt(realm, person.email(), PASSWORD);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
            assertThat(attempt.isIn()).isFalse();
            assertThat(attempt.failure().at("/details/gigya_error").asText()).isEqualTo("gigya_unavailable");
            assertThat(attempt.failure().path("details").has("gigya_error_code"))
                    .isFalse();
            assertThat(keycloak.log().warningsSince(log))
                    .anyMatch(warning -> warning.startsWith("Gigya gave no usable answer for a password of realm"));
            assertThat(attempt.logins()).isLessThanOrEqualTo(1);
            assertThat(realm.realm().countedFailures(person.userId())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_right_password_lets_nobody_in_whose_account_can_not_be_read(Door door) {
        var person = realm.newPerson();
        gigya.faults().on("accounts.getJWT", Fault.drop());

        var attempt = door.attempt(realm, person.email(), PASSWORD);

        assertThat(attempt.isIn()).isFalse();
        assertThat(attempt.failure().at("/details/gigya_error").asText()).isEqualTo("gigya_unavailable");
        assertThat(attempt.logins()).isEqualTo(1);
        assertThat(realm.realm().countedFailures(person.userId())).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_new_address_that_belongs_to_somebody_else_is_a_conflict(Door door) {
        var person = realm.newPerson();
        var taken = "taken-" + door.ordinal() + "@example.com";
        realm.users().addLocal("holder" + door.ordinal(), taken, true);
        person.account().moveTo(taken);

        var attempt = door.attempt(realm, person.email(), PASSWORD);

        assertThat(attempt.isIn()).isFalse();
        assertThat(attempt.failure().at("/details/gigya_error").asText()).isEqualTo("account_conflict");
    }
}
