package io.github.keycloakgigya.it.federation;

import static io.github.keycloakgigya.it.realm.PasswordRealm.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.PasswordAttempt;
import io.github.keycloakgigya.it.realm.PasswordAttempt.Door;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is neither a right nor a wrong password ends as what it is. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordOutcomesIT {

    private static final int DISABLED = 403041;

    private static final String LOGIN = "accounts.login";

    private static final Map<String, String> TEXTS = Map.of(
            "locked", "This account is locked for a while",
            "disabled", "This account is disabled.",
            "incomplete", "Your account is not complete or not verified yet.",
            "step", "Please sign in on the website or in the sign-in window of the website",
            "unavailable", "The sign-in service cannot be reached at the moment.",
            "misconfigured", "Sign-in is not set up correctly here");

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private PasswordRealm realm;

    PasswordOutcomesIT(KeycloakServer keycloak, GigyaSimulator gigya) {
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
    @CsvSource({
        "403120, locked",
        "403041, disabled",
        "206001, incomplete",
        "206002, incomplete",
        "403100, step",
        "403101, step",
        "401020, step",
        "403048, unavailable",
        "987654, unavailable",
        "403003, misconfigured",
        "403005, misconfigured"
    })
    void the_form_says_what_is_the_matter_and_may_be_used_again(int errorCode, String text) {
        var person = realm.newPerson();
        gigya.faults().on(LOGIN, Fault.errorCode(errorCode));
        var flow = realm.login();

        var page = PasswordAttempt.post(flow, flow.begin(), person.email(), PASSWORD);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains(TEXTS.get(text)).doesNotContain("gigyaPassword", "Invalid username");
        assertThat(realm.realm().countedFailures(person.userId())).isZero();
        gigya.faults().clear();
        assertThat(flow.isDone(PasswordAttempt.post(flow, page, person.email(), PASSWORD)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "403120, 400, invalid_grant",
        "403041, 400, invalid_grant",
        "206001, 400, invalid_grant",
        "403100, 400, invalid_grant",
        "403102, 400, invalid_grant",
        "403048, 503, temporarily_unavailable",
        "500001, 503, temporarily_unavailable",
        "403003, 500, server_error"
    })
    void an_app_is_told_what_is_the_matter(int errorCode, int status, String oauthError) {
        var person = realm.newPerson();
        gigya.faults().on(LOGIN, Fault.errorCode(errorCode));

        var attempt = Door.DIRECT_GRANT.attempt(realm, person.email(), PASSWORD);

        assertThat(attempt.answer().status()).isEqualTo(status);
        var body = Json.parse(attempt.answer().body());
        assertThat(body.path("error").asText()).isEqualTo(oauthError);
        assertThat(body.path("error_description").asText())
                .isNotBlank()
                .isNotEqualTo("Invalid user credentials")
                .doesNotContain(Integer.toString(errorCode));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void the_event_names_it_and_nothing_is_counted(Door door, int errorCode, String gigyaError, String error) {
        var person = realm.newPerson();
        gigya.faults().on(LOGIN, Fault.errorCode(errorCode));

        var attempt = door.attempt(realm, person.email(), PASSWORD);

        var event = attempt.failure();
        assertThat(event.path("error").asText()).isEqualTo(error);
        assertThat(event.path("userId").asText()).isEqualTo(person.userId());
        assertThat(event.path("clientId").asText()).isIn("passwords", "cli");
        assertThat(event.path("ipAddress").asText()).isNotBlank();
        var details = event.path("details");
        assertThat(details.path("gigya_error").asText()).isEqualTo(gigyaError);
        assertThat(details.path("gigya_error_code").asText()).isEqualTo(Integer.toString(errorCode));
        assertThat(details.path("gigya_call_id").asText()).matches("[0-9a-f]{32}");
        assertThat(details.path("gigya_uid").asText())
                .isEqualTo(person.account().uid());
        assertThat(details.path("username").asText()).isEqualTo(person.email());
        // That an account is disabled is believed only of the account itself: the login identifier may be another's.
        assertThat(attempt.calls())
                .isEqualTo(errorCode == DISABLED ? Map.of(LOGIN, 1, "accounts.getAccountInfo", 1) : Map.of(LOGIN, 1));
        assertThat(realm.realm().countedFailures(person.userId())).isZero();
    }

    static Stream<Arguments> failures() {
        return Stream.of(Door.values())
                .flatMap(door -> Stream.of(
                        Arguments.of(door, 403120, "account_disabled", "user_temporarily_disabled"),
                        Arguments.of(door, 403041, "account_disabled", "user_disabled"),
                        Arguments.of(door, 206001, "account_incomplete", "resolve_required_actions"),
                        Arguments.of(door, 403100, "account_incomplete", "resolve_required_actions"),
                        Arguments.of(door, 403048, "gigya_unavailable", "identity_provider_error"),
                        Arguments.of(door, 403003, "gigya_misconfigured", "invalid_config")));
    }

    @ParameterizedTest
    @EnumSource
    void an_account_that_gigya_locked_or_disabled_is_not_let_in_by_the_right_password(Door door) {
        var person = realm.newPerson();
        person.account().setLocked(true);
        assertThat(door.attempt(realm, person.email(), PASSWORD)
                        .failure()
                        .path("error")
                        .asText())
                .isEqualTo("user_temporarily_disabled");

        person.account().setLocked(false);
        person.account().setActive(false);
        assertThat(door.attempt(realm, person.email(), PASSWORD)
                        .failure()
                        .path("error")
                        .asText())
                .isEqualTo("user_disabled");
        assertThat(realm.realm().countedFailures(person.userId())).isZero();
    }

    @Test
    void an_account_without_a_login_identifier_is_sent_to_the_website_and_not_to_gigya() {
        var person = realm.newPerson();
        person.account().setProfile("email", null);
        realm.realm().signIn(person.account());

        var attempt = Door.FORM.attempt(realm, person.account().uid(), PASSWORD);

        assertThat(attempt.failure().at("/details/gigya_error").asText()).isEqualTo("account_incomplete");
        assertThat(attempt.answer().text()).contains(TEXTS.get("step"));
        assertThat(attempt.calls()).isEmpty();
    }

    @Test
    void a_german_browser_is_answered_in_german() {
        var person = realm.newPerson();
        person.account().setLocked(true);
        var flow = realm.login(HttpBrowser.of(keycloak.address()).speaking("de"));

        var page = PasswordAttempt.post(flow, flow.begin(), person.email(), PASSWORD);

        assertThat(page.text()).contains("vorübergehend gesperrt");
    }
}
