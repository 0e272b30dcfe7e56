package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gigya says of an account that its owner can't sign in now. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountStatesIT {

    private static final String GET_JWT = "accounts.getJWT";

    private static final String NOT_FOUND = "This account is not known here.";
    private static final String DISABLED = "This account is disabled.";
    private static final String INCOMPLETE = "Your account is not complete yet.";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private GigyaRealm realm;
    private int accounts;

    AccountStatesIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, gigya);
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
    void an_account_deleted_since_its_owner_signed_in_disables_its_user() {
        var account = newAccount();
        var user = realm.signIn(account).subject();
        var visitor = realm.visit();
        var proof = realm.proofOf(account, visitor.audience());
        realm.site().delete(account);

        FailedSignIn.of(realm, visitor, proof)
                .reads(NOT_FOUND)
                .isCalled("account_not_found")
                .quotes(OptionalInt.of(403005));

        assertThat(realm.userOf(account).path("id").asText()).isEqualTo(user);
        assertThat(realm.userOf(account).path("enabled").asBoolean()).isFalse();
        assertThat(realm.countedFailures(user)).isZero();
    }

    @Test
    void an_account_deleted_before_its_first_sign_in_creates_no_user() {
        var account = newAccount();
        var visitor = realm.visit();
        var proof = realm.proofOf(account, visitor.audience());
        realm.site().delete(account);
        var before = realm.users();

        FailedSignIn.of(realm, visitor, proof).reads(NOT_FOUND).isCalled("account_not_found");

        assertThat(realm.users()).isEqualTo(before);
    }

    @Test
    void an_account_disabled_in_gigya_disables_its_user_until_it_is_back() {
        var account = newAccount();
        var user = realm.signIn(account).subject();
        account.setActive(false);

        FailedSignIn.of(realm, account)
                .reads(DISABLED)
                .isCalled("account_disabled")
                .quotes(OptionalInt.of(403041));

        assertThat(realm.userOf(account).path("enabled").asBoolean()).isFalse();
        assertThat(realm.countedFailures(user)).isZero();
        account.setActive(true);
        assertThat(realm.signIn(account).subject()).isEqualTo(user);
    }

    @Test
    void an_unfinished_registration_creates_no_user() {
        var account = realm.site()
                .add(Account.builder().verifiedEmail("unfinished@example.com").pendingRegistration());

        assertRefused(account, INCOMPLETE, "account_incomplete", 206001);
    }

    @Test
    void an_account_whose_address_waits_for_verification_creates_no_user_until_it_is_verified() {
        var account = realm.site()
                .add(Account.builder().unverifiedEmail("waiting@example.com").pendingVerification());
        assertRefused(account, INCOMPLETE, "account_incomplete", 403013);

        account.verifyEmails();

        assertThat(realm.signIn(account).accessClaims().path("email_verified").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "206001, account_incomplete",
        "206002, account_incomplete",
        "206005, account_incomplete",
        "403013, account_incomplete",
        "403101, account_incomplete",
        "403041, account_disabled",
        "403120, account_disabled",
        "404003, account_not_found"
    })
    void each_state_has_its_name_and_changes_only_who_is_gone_or_disabled(int errorCode, String gigyaError) {
        var account = newAccount();
        var user = realm.signIn(account).subject();
        var before = realm.users();
        gigya.faults().on(GET_JWT, Fault.errorCode(errorCode));

        FailedSignIn.of(realm, account)
                .reads(Map.of(
                                "account_incomplete", INCOMPLETE,
                                "account_disabled", DISABLED,
                                "account_not_found", NOT_FOUND)
                        .get(gigyaError))
                .isCalled(gigyaError)
                .quotes(OptionalInt.of(errorCode));

        assertThat(realm.users().equals(before))
                .isEqualTo(!Set.of(404003, 403041).contains(errorCode));
        gigya.faults().clear();
        assertThat(realm.signIn(account).subject()).as("the account is back").isEqualTo(user);
        assertThat(realm.userOf(account).path("enabled").asBoolean()).isTrue();
    }

    private void assertRefused(Account account, String text, String gigyaError, int errorCode) {
        var before = realm.users();
        FailedSignIn.of(realm, account).reads(text).isCalled(gigyaError).quotes(OptionalInt.of(errorCode));
        assertThat(realm.users()).isEqualTo(before);
    }

    private Account newAccount() {
        accounts++;
        return realm.site().add(Account.builder().verifiedEmail("state" + accounts + "@example.com"));
    }
}
