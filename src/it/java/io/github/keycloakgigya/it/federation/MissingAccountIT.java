package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RefusedSignIn;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An account is deleted in Gigya after its owner proved to own it. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingAccountIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;
    private int accounts;

    MissingAccountIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void the_policy_keep_leaves_the_user_alone() {
        try (var keeping = GigyaRealm.create(keycloak, simulator, Map.of("missingAccountPolicy", "keep"), Map.of())) {
            var account = account(keeping);
            keeping.signIn(account);
            var before = keeping.users();

            assertThat(signInWhileDeleted(keeping, account).error()).isEqualTo("account_not_found");

            assertThat(keeping.users()).isEqualTo(before);
        }
    }

    @Test
    void the_policy_delete_removes_the_user() {
        try (var deleting =
                GigyaRealm.create(keycloak, simulator, Map.of("missingAccountPolicy", "delete"), Map.of())) {
            var account = account(deleting);
            deleting.signIn(account);
            var other = deleting.signIn(account(deleting)).subject();

            assertThat(signInWhileDeleted(deleting, account).error()).isEqualTo("account_not_found");

            assertThat(deleting.users())
                    .extracting(user -> user.path("id").asText())
                    .containsExactly(other);
        }
    }

    @Test
    void of_a_user_who_was_not_imported_nothing_stays_but_that_an_administrator_disabled_them() {
        var settings = Map.of("importEnabled", "false", "missingAccountPolicy", "delete");
        try (var deleting = GigyaRealm.create(keycloak, simulator, settings, Map.of())) {
            var itsUsers = new UserAdmin(deleting);
            var account = account(deleting);
            var id = deleting.signIn(account).subject();
            itsUsers.change(id, user -> {
                user.put("enabled", false);
                user.withObject("/attributes").putArray("shoeSize").add("42");
            });

            assertThat(signInWhileDeleted(deleting, account).error()).isEqualTo("account_not_found");

            var back = deleting.site().add(Account.builder().uid(account.uid()).verifiedEmail("backagain@example.com"));
            FailedSignIn.of(deleting, back).isCalled("account_disabled");
            assertThat(itsUsers.byId(id).path("enabled").asBoolean(true)).isFalse();
            assertThat(itsUsers.byId(id).path("attributes").has("shoeSize")).isFalse();
        }
    }

    @Test
    void the_policy_disable_disables_the_user_until_the_account_is_back() {
        var account = account(realm);
        var id = realm.signIn(account).subject();

        var refused = signInWhileDeleted(realm, account);

        assertThat(refused.error()).isEqualTo("account_not_found");
        assertThat(refused.event().path("error").asText()).isEqualTo("user_not_found");
        assertThat(refused.event().at("/details/gigya_error_code").asText()).isNotEmpty();
        assertThat(refused.text()).contains("This account is not known here");
        assertThat(isEnabled(id)).isFalse();

        assertThat(realm.signIn(back(account)).subject()).isEqualTo(id);
        assertThat(isEnabled(id)).isTrue();
        assertThat(users.byId(id).path("attributes").has("gigya.missing")).isFalse();
    }

    @Test
    void nobody_is_made_for_an_account_that_is_gone_before_its_first_sign_in() {
        int before = realm.users().size();

        assertThat(signInWhileDeleted(realm, account(realm)).error()).isEqualTo("account_not_found");

        assertThat(realm.users()).hasSize(before);
    }

    @Test
    void a_user_whom_an_administrator_disabled_stays_disabled_when_the_account_comes_back() {
        var account = account(realm);
        var id = realm.signIn(account).subject();
        signInWhileDeleted(realm, account);

        users.change(id, user -> user.put("enabled", false));

        assertThat(RefusedSignIn.of(realm, back(account)).error()).isEqualTo("account_disabled");
        assertThat(isEnabled(id)).isFalse();
    }

    @Test
    void a_user_whom_an_administrator_enabled_again_is_an_ordinary_one() {
        var account = account(realm);
        var id = realm.signIn(account).subject();
        signInWhileDeleted(realm, account);

        users.change(id, user -> user.put("enabled", true));
        assertThat(users.byId(id).path("attributes").has("gigya.missing")).isFalse();
        users.change(id, user -> user.put("enabled", false));

        assertThat(RefusedSignIn.of(realm, back(account)).error()).isEqualTo("account_disabled");
    }

    @Test
    void a_user_who_is_back_is_disabled_again_by_the_next_absence() {
        var account = account(realm);
        var id = realm.signIn(account).subject();
        signInWhileDeleted(realm, account);
        var again = back(account);
        realm.signIn(again);

        signInWhileDeleted(realm, again);

        assertThat(isEnabled(id)).isFalse();
        assertThat(realm.signIn(back(again)).subject()).isEqualTo(id);
    }

    static Stream<Named<Fault>> what_proves_no_absence() {
        return Stream.of(
                Named.of("no answer", Fault.drop()),
                Named.of("half an answer", Fault.halfAnswer()),
                Named.of("a late answer", Fault.delay(Duration.ofSeconds(3))),
                Named.of("HTML", Fault.html()),
                Named.of("status 404", Fault.httpStatus(404)),
                Named.of("status 500", Fault.httpStatus(500)),
                Named.of("garbage", Fault.garbage()),
                Named.of("a throttle", Fault.throttle()),
                Named.of("an unknown code", Fault.errorCode(404999)),
                Named.of("an unauthorized call without details", Fault.errorCode(403007)),
                Named.of("a server error", Fault.errorCode(500001)));
    }

    @ParameterizedTest
    @MethodSource("what_proves_no_absence")
    void only_a_proven_absence_counts(Fault fault) {
        var account = account(realm);
        var id = realm.signIn(account).subject();
        var before = users.byId(id);
        simulator.faults().on("accounts.getJWT", fault);

        var refused = RefusedSignIn.of(realm, account);

        assertThat(refused.error()).isIn("gigya_unavailable", "gigya_misconfigured");
        assertThat(users.byId(id)).isEqualTo(before);
        simulator.faults().clear();
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    private RefusedSignIn signInWhileDeleted(GigyaRealm where, Account account) {
        var visitor = where.visit();
        var proof = where.proofOf(account, visitor.audience());
        where.site().delete(account);
        return RefusedSignIn.of(where, account, visitor.post(proof));
    }

    private Account account(GigyaRealm where) {
        accounts++;
        return where.site().add(Account.builder().verifiedEmail("missing" + accounts + "@example.com"));
    }

    private Account back(Account account) {
        accounts++;
        return realm.site().add(Account.builder().uid(account.uid()).verifiedEmail("back" + accounts + "@example.com"));
    }

    private boolean isEnabled(String id) {
        return users.byId(id).path("enabled").asBoolean();
    }
}
