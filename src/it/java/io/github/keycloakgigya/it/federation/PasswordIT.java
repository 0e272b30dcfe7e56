package io.github.keycloakgigya.it.federation;

import static io.github.keycloakgigya.it.realm.PasswordRealm.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.PasswordAttempt;
import io.github.keycloakgigya.it.realm.PasswordAttempt.Door;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gigya checks the passwords that people type into Keycloak. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private PasswordRealm realm;

    PasswordIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeAll
    void create_a_realm() {
        realm = PasswordRealm.create(keycloak, gigya, Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @EnumSource
    void the_right_password_lets_in_and_brings_the_user_up_to_date(Door door) {
        var person = realm.newPerson();
        person.account().setProfile("firstName", "Renamed");

        var attempt = door.attempt(realm, person.email(), PASSWORD);

        assertThat(attempt.isIn()).isTrue();
        assertThat(attempt.calls()).isEqualTo(Map.of("accounts.login", 1, "accounts.getJWT", 1));
        assertThat(realm.users().byId(person.userId()).path("firstName").asText())
                .isEqualTo("Renamed");
    }

    @ParameterizedTest
    @EnumSource
    void gigya_is_told_the_address_of_the_browser_and_asked_for_no_profile(Door door) {
        var person = realm.newPerson();

        door.attempt(realm, person.email(), PASSWORD);

        var call = gigya.calls().lastOf("accounts.login");
        assertThat(Json.parse(call.parameter("clientContext").orElseThrow())
                        .path("clientIP")
                        .asText())
                .isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(call.parameter("include")).contains("id_token");
        assertThat(call.unknownParameters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_password_is_keycloaks_normal_failure_and_is_sent_once(Door door) {
        var person = realm.newPerson();

        var attempt = door.attempt(realm, person.email(), "a wrong horse battery staple");

        assertThat(attempt.isIn()).isFalse();
        assertThat(attempt.failure().path("error").asText()).isEqualTo("invalid_user_credentials");
        assertThat(attempt.failure().path("details").has("gigya_error")).isFalse();
        assertThat(attempt.answer().body())
                .contains(door == Door.FORM ? "Invalid username or password." : "Invalid user credentials");
        assertThat(attempt.calls()).isEqualTo(Map.of("accounts.login", 1));
        await().untilAsserted(() ->
                assertThat(realm.realm().countedFailures(person.userId())).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource
    void no_password_and_an_endless_one_are_wrong_and_never_sent(Door door) {
        var person = realm.newPerson();

        assertThat(door.attempt(realm, person.email(), "").isIn()).isFalse();
        var endless = door.attempt(realm, person.email(), "x".repeat(1025));

        assertThat(endless.isIn()).isFalse();
        assertThat(endless.failure().path("error").asText()).isEqualTo("invalid_user_credentials");
        assertThat(endless.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_password_of_another_account_that_took_over_the_address_is_wrong(Door door) {
        var person = realm.newPerson();
        realm.realm().site().delete(person.account());
        realm.realm()
                .site()
                .add(Account.builder().verifiedEmail(person.email()).password("the password of the other one"));

        var attempt = door.attempt(realm, person.email(), "the password of the other one");

        assertThat(attempt.isIn()).isFalse();
        assertThat(attempt.failure().path("error").asText()).isEqualTo("invalid_user_credentials");
        assertThat(attempt.calls()).isEqualTo(Map.of("accounts.login", 1));
    }

    @ParameterizedTest
    @EnumSource
    void the_password_of_a_user_who_is_keycloaks_own_is_no_business_of_gigyas(Door door) {
        var name = "own-" + door.name().toLowerCase(Locale.ROOT);
        realm.users().addLocal(name, name + "@example.org", true);

        assertThat(door.attempt(realm, name, "local password").isIn()).isTrue();
        var wrong = door.attempt(realm, name, "not the local password");

        assertThat(wrong.isIn()).isFalse();
        assertThat(wrong.calls()).isEmpty();
    }

    @Test
    void a_person_who_is_to_sign_in_again_types_the_same_password() {
        var person = realm.newPerson();
        var first = realm.login();
        first.finish(PasswordAttempt.post(first, first.begin(), person.email(), PASSWORD));
        gigya.calls().reset();

        var again = realm.login(first.browser());
        var form = again.begin(Map.of("prompt", "login"));
        var tokens = again.finish(again.browser()
                .post(
                        form.formAction("#kc-form-login"),
                        Form.of("password", PASSWORD).and("credentialId", "")));

        assertThat(tokens.subject()).isEqualTo(person.userId());
        assertThat(gigya.calls().counts()).isEqualTo(Map.of("accounts.login", 1, "accounts.getJWT", 1));
    }

    @ParameterizedTest
    @EnumSource
    void a_user_whose_account_is_gone_is_disabled_and_back_when_it_is(Door door) {
        var person = realm.newPerson();
        gigya.faults().onceOn("accounts.getJWT", Fault.errorCode(404003));
        assertThat(door.attempt(realm, person.email(), PASSWORD).isIn()).isFalse();
        assertThat(realm.users().byId(person.userId()).path("enabled").asBoolean())
                .isFalse();

        assertThat(Door.FORM.attempt(realm, person.email(), PASSWORD).isIn()).isTrue();
        assertThat(realm.users().byId(person.userId()).path("enabled").asBoolean())
                .isTrue();
    }

    @Test
    void people_who_sign_in_by_name_at_gigya_are_checked_by_name() {
        try (var named = PasswordRealm.create(keycloak, gigya, Map.of("usernameField", "profile.username"))) {
            var person =
                    named.newPerson("named.one@example.com", Account.builder().username("NamedOne"));
            assertThat(named.users().byId(person.userId()).path("username").asText())
                    .isEqualTo("namedone");

            assertThat(Door.FORM.attempt(named, person.email(), PASSWORD).isIn())
                    .isTrue();
            assertThat(gigya.calls().lastOf("accounts.login").parameter("loginID"))
                    .contains("namedone");
        }
    }

    @Test
    void people_whose_name_is_their_uid_are_checked_by_address() {
        try (var byUid = PasswordRealm.create(keycloak, gigya, Map.of("usernameField", "UID"))) {
            var person = byUid.newPerson();

            assertThat(Door.DIRECT_GRANT
                            .attempt(byUid, person.account().uid(), PASSWORD)
                            .isIn())
                    .isTrue();
            assertThat(gigya.calls().lastOf("accounts.login").parameter("loginID"))
                    .contains(person.email());
        }
    }
}
