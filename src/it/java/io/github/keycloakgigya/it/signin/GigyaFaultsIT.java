package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.Outage;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gigya fails: the person soon reads so and can try again, and nothing else happens. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GigyaFaultsIT {

    private static final String GET_JWT = "accounts.getJWT";
    private static final String GET_ACCOUNT = "accounts.getAccountInfo";

    private static final String UNAVAILABLE = "The sign-in service cannot be reached at the moment.";
    private static final String MISCONFIGURED = "Sign-in is not set up correctly here";

    private final KeycloakServer keycloak;
    // Of its own, so that neither stopped ports nor rotated keys concern other tests.
    private final GigyaSimulator gigya;
    private GigyaRealm realm;
    private Account known;
    private String knownUser;
    private int accounts;

    GigyaFaultsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.gigya = simulator.startSibling();
    }

    @BeforeAll
    void warm_up() {
        realm = GigyaRealm.create(keycloak, gigya);
        known = newAccount();
        knownUser = realm.signIn(known).subject();
        gigya.faults().on(GET_JWT, Fault.httpStatus(500));
        FailedSignIn.of(realm, newAccount());
        gigya.faults().clear();
    }

    @AfterEach
    void end_faults() {
        gigya.faults().clear();
    }

    @AfterAll
    void stop() {
        realm.close();
        gigya.close();
    }

    @ParameterizedTest
    @EnumSource
    void an_outage_at_the_account_ends_soon_in_a_page_with_retry(Outage outage) {
        var account = newAccount();
        var before = realm.users();
        long start = keycloak.log().end();
        outage.begin(gigya.faults(), GET_JWT);

        FailedSignIn.inTime(() -> FailedSignIn.of(realm, account))
                .reads(UNAVAILABLE)
                .isCalled("gigya_unavailable")
                .quotes(outage.errorCode());

        assertThat(keycloak.log().warningsSince(start))
                .anyMatch(warning -> warning.startsWith("Gigya gave no usable answer for a sign-in of realm")
                        && warning.contains(GET_JWT));
        assertThat(realm.users()).isEqualTo(before);
        gigya.faults().clear();
        assertThat(realm.signIn(account).accessClaims().path("gigya.uid").asText())
                .isEqualTo(account.uid());
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENCE", "DRIPPING_ANSWER", "HTML_WITH_STATUS_500"})
    void an_outage_while_an_address_is_looked_up_creates_no_user(Outage outage) {
        var account = newAccount();
        var before = realm.users();
        outage.begin(gigya.faults(), GET_ACCOUNT);

        FailedSignIn.inTime(() -> FailedSignIn.of(realm, account))
                .reads(UNAVAILABLE)
                .isCalled("gigya_unavailable");

        assertThat(realm.users()).isEqualTo(before);
        gigya.faults().clear();
        assertThat(realm.signIn(account).accessClaims().path("email_verified").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED_CONNECTION", "SILENCE", "HTML_WITH_STATUS_500", "RATE_LIMIT"})
    void an_outage_is_not_counted_against_a_person_who_signs_in_again(Outage outage) {
        var visitor = realm.visit();
        visitor.signIn(known);
        var before = realm.users();
        outage.begin(gigya.faults(), GET_JWT);

        var refusal = FailedSignIn.inTime(() -> {
            var again = Visitor.open(realm, visitor.browser(), Map.of("prompt", "login"));
            return FailedSignIn.of(realm, again, realm.proofOf(known, again.audience()));
        });

        refusal.reads(UNAVAILABLE).isCalled("gigya_unavailable").quotes(outage.errorCode());
        assertThat(refusal.event().path("userId").asText()).isEqualTo(knownUser);
        assertThat(realm.countedFailures(knownUser)).isZero();
        assertThat(realm.users()).isEqualTo(before);
        gigya.faults().clear();
        assertThat(realm.signIn(known).subject()).isEqualTo(knownUser);
    }

    @ParameterizedTest
    @ValueSource(ints = {301001, 400093, 403003, 403010, 403007, 403002})
    void settings_that_gigya_refuses_are_not_called_an_outage(int errorCode) {
        var account = newAccount();
        var before = realm.users();
        gigya.faults().on(GET_JWT, Fault.errorCode(errorCode, Map.of("apiDomain", "eu1.gigya.com")));

        FailedSignIn.inTime(() -> FailedSignIn.of(realm, account))
                .reads(MISCONFIGURED)
                .isCalled("gigya_misconfigured")
                .quotes(OptionalInt.of(errorCode));

        assertThat(realm.users()).isEqualTo(before);
        gigya.faults().clear();
        realm.signIn(account);
    }

    @Test
    void what_gigya_writes_about_an_error_reaches_nobody() {
        var text = "ask the.owner@example.com";
        gigya.faults().on(GET_JWT, Fault.errorCode(500001, Map.of("errorMessage", text, "errorDetails", text)));

        var refusal = FailedSignIn.of(realm, newAccount());

        refusal.reads(UNAVAILABLE).quotes(OptionalInt.of(500001));
        assertThat(refusal.page().body()).doesNotContain(text);
        assertThat(refusal.event().toString()).doesNotContain(text);
    }

    @Test
    void a_redirect_is_not_followed() {
        try (var elsewhere = gigya.startSibling()) {
            var account = newAccount();
            gigya.faults()
                    .on(GET_JWT, Fault.redirect(elsewhere.uri("/" + GET_JWT).toString()));

            FailedSignIn.inTime(() -> FailedSignIn.of(realm, account))
                    .reads(MISCONFIGURED)
                    .isCalled("gigya_misconfigured");

            assertThat(elsewhere.calls().all()).isEmpty();
            gigya.faults().clear();
            realm.signIn(account);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, -10})
    void a_clock_that_differs_by_minutes_is_corrected_within_a_sign_in(long minutes) {
        gigya.faults().setClockOffset(Duration.ofMinutes(minutes));
        gigya.calls().reset();
        realm.signIn(known);
        assertThat(gigya.calls().count(GET_JWT))
                .as("refused once, then accepted")
                .isEqualTo(2);

        gigya.calls().reset();
        realm.signIn(known);
        assertThat(gigya.calls().count(GET_JWT)).as("the clock is known").isEqualTo(1);

        gigya.faults().clear();
        assertThat(realm.signIn(known).subject()).isEqualTo(knownUser);
    }

    @Test
    void a_nonce_that_gigya_saw_before_is_replaced() {
        gigya.calls().reset();
        gigya.faults().onceOn(GET_JWT, Fault.errorCode(403004));

        assertThat(realm.signIn(known).subject()).isEqualTo(knownUser);

        assertThat(gigya.calls().of(GET_JWT).stream().map(call -> call.parameter("nonce")))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    private Account newAccount() {
        accounts++;
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail("fault" + accounts + "@example.com")
                        .profile("firstName", "Faultless"));
    }
}
