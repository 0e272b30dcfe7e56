package io.github.keycloakgigya.it.federation;

import static io.github.keycloakgigya.it.realm.PasswordRealm.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.PasswordAttempt.Door;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** People are found by their phone number or loyalty number, and sign in by it where they have a password. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentifierIT {

    private static final Map<String, Integer> SIGN_IN =
            Map.of("accounts.search", 1, "accounts.getAccountInfo", 1, "accounts.login", 1, "accounts.getJWT", 1);

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private PasswordRealm realm;
    private int numbers;

    IdentifierIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeAll
    void create_a_realm() {
        realm = PasswordRealm.create(keycloak, gigya, Map.of("customIdentifier", "loyaltyNumber"));
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
    @EnumSource
    void somebody_who_has_nothing_but_a_phone_number_signs_in_by_it(Door door) {
        var number = newNumber();
        var account = add(Account.builder().phoneNumber(number));

        var attempt = door.attempt(realm, number.substring(0, 3) + " " + number.substring(3), PASSWORD);

        assertThat(attempt.isIn()).isTrue();
        assertThat(attempt.calls()).isEqualTo(SIGN_IN);
        assertThat(gigya.calls().lastOf("accounts.getAccountInfo").unknownParameters())
                .isEmpty();
        assertThat(idOf(account)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void and_so_does_somebody_with_a_loyalty_number(Door door) {
        var number = newNumber().substring(1);
        var account = add(Account.builder().identifier("loyaltyNumber", number).verifiedEmail(number + "@example.com"));

        assertThat(door.attempt(realm, number, PASSWORD).isIn()).isTrue();
        assertThat(door.attempt(realm, number, "a wrong one").isIn()).isFalse();
        assertThat(idOf(account)).isPresent();
    }

    @Test
    void an_account_is_found_by_it_before_a_search_knows_it() {
        realm.realm().site().searchLag(Duration.ofMinutes(5));
        var number = newNumber();
        add(Account.builder().phoneNumber(number));
        realm.realm().site().searchLag(Duration.ZERO);

        assertThat(realm.users().password(number, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void a_number_that_moves_leads_to_its_new_owner_at_once() {
        var number = newNumber();
        var first = add(Account.builder().phoneNumber(number).verifiedEmail("first" + number + "@example.com"));
        assertThat(realm.users().password(number, PASSWORD).status()).isEqualTo(200);
        first.setPhoneNumber(newNumber());
        var second = add(Account.builder().phoneNumber(number));

        assertThat(realm.users().password(number, PASSWORD).status()).isEqualTo(200);

        NamedAttempt.of(realm.realm(), number).knows(idOf(second).orElseThrow());
    }

    @Test
    void only_the_whole_number_leads_to_somebody_and_nobody_by_it_costs_two_calls_and_then_none() {
        var number = newNumber();
        add(Account.builder().phoneNumber(number));
        for (var other : List.of(number + "0", number.substring(0, number.length() - 1))) {
            gigya.calls().reset();

            NamedAttempt.of(realm.realm(), other).knowsNobody();
            assertThat(gigya.calls().counts()).isEqualTo(Map.of("accounts.search", 1, "accounts.getAccountInfo", 1));
            NamedAttempt.of(realm.realm(), other).knowsNobody();
            assertThat(gigya.calls().counts()).isEqualTo(Map.of("accounts.search", 1, "accounts.getAccountInfo", 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"123", "made.up", "DE123456", "0170 1234567"})
    void a_text_of_another_form_is_asked_for_as_a_name_alone(String name) {
        gigya.calls().reset();

        NamedAttempt.of(realm.realm(), name).knowsNobody();

        assertThat(gigya.calls().counts()).doesNotContainKey("accounts.getAccountInfo");
    }

    @Test
    void an_outage_is_no_wrong_password() {
        gigya.faults().on("accounts.getAccountInfo", Fault.httpStatus(500));

        var attempt = Door.DIRECT_GRANT.attempt(realm, newNumber(), PASSWORD);

        assertThat(attempt.failure().at("/details/gigya_error").asText()).isEqualTo("gigya_unavailable");
    }

    @Test
    void an_administrator_finds_the_user_by_it_imported_or_not() {
        var number = newNumber();
        var account = add(Account.builder().phoneNumber(number).profile("firstName", "Phone"));

        assertThat(list(Map.of("search", number)))
                .singleElement()
                .satisfies(user -> assertThat(uid(user)).isEqualTo(account.uid()));
        assertThat(count(number)).isEqualTo(1);
        assertThat(idOf(account)).as("nobody is imported by a list").isEmpty();

        realm.users().password(number, PASSWORD);

        assertThat(list(Map.of("search", number)))
                .singleElement()
                .satisfies(user -> assertThat(user.path("id").asText())
                        .isEqualTo(idOf(account).orElseThrow()));
        assertThat(list(Map.of("search", number, "first", "1"))).isEmpty();
        assertThat(list(Map.of("username", number, "exact", "true"))).hasSize(1);
        assertThat(list(Map.of("search", number.substring(0, number.length() - 1))))
                .isEmpty();
    }

    @Test
    void nobody_gets_the_number_of_an_account_as_a_name() {
        var number = newNumber();
        add(Account.builder().phoneNumber(number));

        var answer = realm.realm().admin().post(realm.users().path("users"), Json.parse("""
                {"username": "%s", "enabled": true}""".formatted(number)));

        assertThat(answer.status()).isEqualTo(409);
    }

    @Test
    void it_works_for_users_who_are_not_imported() {
        try (var remote = PasswordRealm.create(keycloak, gigya, Map.of("importEnabled", "false"))) {
            var number = newNumber();
            remote.realm().site().add(Account.builder().phoneNumber(number).password(PASSWORD));

            assertThat(remote.users().password(number, PASSWORD).status()).isEqualTo(200);
            assertThat(remote.realm().admin().users(remote.realm().name(), Map.of("search", number)))
                    .hasSize(1);
        }
    }

    private Account add(AccountBuilder builder) {
        return realm.realm().site().add(builder.password(PASSWORD));
    }

    private String newNumber() {
        return "+4917012345" + (10 + numbers++);
    }

    private Optional<String> idOf(Account account) {
        return list(Map.of("q", "gigya.uid:" + account.uid())).stream()
                .filter(user -> !user.path("id").asText().startsWith("f:"))
                .map(user -> user.path("id").asText())
                .findFirst();
    }

    private static String uid(JsonNode user) {
        return user.at("/attributes/gigya.uid/0").asText();
    }

    private List<JsonNode> list(Map<String, String> parameters) {
        return realm.realm().admin().users(realm.realm().name(), parameters);
    }

    private int count(String search) {
        return realm.realm()
                .admin()
                .get(realm.users().path("users/count?search=" + search.replace("+", "%2B")))
                .succeeded()
                .body()
                .asInt();
    }
}
