package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.RealmState;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody has an account whose UID looks like a victim's, or like something else than a UID. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimilarUidIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    SimilarUidIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        attacked = AttackedRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        attacked.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or '1'='1' --",
                "a\"b",
                "a\\b",
                "a,b:c",
                "a%b_c*",
                "${jndi:ldap://x/y}",
                "<b>x</b>",
                "../../x",
                "uid:\"x\" gigya.uid:y",
                "\u202egro.elpmaxe"
            })
    void a_uid_of_odd_characters_is_one_uid_and_nothing_else(String uid) {
        var unknown = attacked.realm().visit();
        var forger = Forger.of(simulator, attacked.realm().site(), uid, unknown.audience());
        attacked.attempt(unknown, Form.of("id_token", forger.token().signed())).wasRefused(Refusal.ACCOUNT_NOT_FOUND);

        var account = attacked.realm().site().add(Account.builder().uid(uid).verifiedEmail(anyAddress()));
        var user = attacked.signIn(account);

        assertThat(user.accessClaims().path("gigya.uid").asText()).isEqualTo(uid);
        assertThat(attacked.signIn(account).subject()).isEqualTo(user.subject());
    }

    @ParameterizedTest
    @CsvSource({
        "Victim-1, victim-1",
        "victim-2, VICTIM-2",
        "caf\u00e9, cafe\u0301",
        "stra\u00dfe, STRASSE",
        "victim-i, v\u0131ctim-i",
        "victim-3, 'victim-3 '",
        "victim-4, victim-\uff14",
        "victim-5, victim\u200b-5"
    })
    void two_uids_that_look_alike_are_two_users(String uid, String alike) {
        var victim = account(attacked, uid);
        var attacker = account(attacked, alike);
        var user = attacked.signIn(victim).subject();
        var before = userOf(attacked, uid);

        var tokens = attacked.signIn(attacker);

        assertThat(tokens.subject()).isNotEqualTo(user);
        assertThat(tokens.accessClaims().path("gigya.uid").asText()).isEqualTo(alike);
        assertThat(userOf(attacked, uid)).isEqualTo(before);
    }

    @Test
    void a_uid_that_makes_the_same_user_name_is_refused_where_uids_are_user_names() {
        try (var named = AttackedRealm.of(
                GigyaRealm.create(keycloak, simulator, Map.of("usernameField", "UID"), Map.of()),
                GoodProof.BOUND_TOKEN)) {
            named.signIn(account(named, "some-victim"));
            var attacker = account(named, "SOME-victim");
            var visitor = named.realm().visit();

            named.attempt(visitor, named.goodProof(attacker, visitor)).wasRefused(Refusal.ACCOUNT_CONFLICT);
        }
    }

    @Test
    void a_gigya_that_takes_uids_for_equal_is_not_believed() {
        var visitor = attacked.realm().visit();
        var capitals = attacked.victim().uid().toUpperCase(Locale.ROOT);
        var attacker =
                attacked.realm().site().add(Account.builder().uid(capitals).verifiedEmail(anyAddress()));
        var about =
                Forger.of(simulator, attacked.realm().site(), attacked.victim().uid(), "");
        simulator
                .faults()
                .onceOn(
                        "accounts.getJWT",
                        Fault.lying(
                                Map.of("id_token", about.token().without("aud").signed())));

        attacked.attempt(visitor, attacked.goodProof(attacker, visitor)).wasRefused(Refusal.GIGYA_UNAVAILABLE);
    }

    @Test
    void an_account_of_another_site_with_the_same_uid_is_another_user() {
        var otherSite = simulator.addSite(Site.builder());
        var uid = attacked.victim().uid();
        try (var two = GigyaRealm.create(
                keycloak, simulator, attacked.realm().site(), Map.of(), Map.of("federationProvider", "gigya"))) {
            two.addFederation("other", otherSite);
            var realm = AttackedRealm.of(two, GoodProof.BOUND_TOKEN);
            var before = RealmState.of(two);
            var visitor = two.visit();
            var twin = otherSite.add(Account.builder().uid(uid).verifiedEmail(anyAddress()));
            var token = simulator.accountToken(otherSite, twin, visitor.audience());

            realm.attempt(visitor, Form.of("id_token", token)).wasRefused(Refusal.PROOF_INVALID);
            assertThat(RealmState.of(two)).isEqualTo(before);

            two.setStep(Map.of("federationProvider", "other"));
            var other = two.visit();
            var user = other.login().finish(other.post(simulator.accountToken(otherSite, twin, other.audience())));
            assertThat(two.users()).filteredOn(known -> isOf(known, uid)).hasSize(2);
            assertThat(two.users())
                    .filteredOn(known -> known.path("id").asText().equals(user.subject()))
                    .singleElement()
                    .satisfies(known ->
                            assertThat(known.path("federationLink").asText()).isNotEqualTo(two.componentId()));
        }
    }

    private static Account account(AttackedRealm realm, String uid) {
        return realm.realm()
                .site()
                .add(Account.builder().uid(uid).verifiedEmail(anyAddress()).profile("firstName", "Somebody"));
    }

    private static JsonNode userOf(AttackedRealm realm, String uid) {
        return realm.realm().users().stream()
                .filter(user -> isOf(user, uid))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOf(JsonNode user, String uid) {
        return user.at("/attributes/gigya.uid/0").asText().equals(uid);
    }

    private static String anyAddress() {
        return UUID.randomUUID() + "@example.com";
    }
}
