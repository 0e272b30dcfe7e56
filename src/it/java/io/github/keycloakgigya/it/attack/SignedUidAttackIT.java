package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody forges the signed UID that proves a sign-in at Gigya, where the setting {@code loginProof} asks for one. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedUidAttackIT {

    private static final String EXCHANGE = "accounts.exchangeUIDSignature";
    private static final Map<String, String> STEP = Map.of("loginProof", "uidSignature");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private final ApplicationKey key = ApplicationKey.random();
    private Site site;
    private AttackedRealm withPartnerSecret;
    private AttackedRealm withApplicationKey;

    SignedUidAttackIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_realms() {
        site = simulator.addSite(Site.builder().applicationKey(key));
        withPartnerSecret =
                AttackedRealm.of(GigyaRealm.create(keycloak, simulator, site, Map.of(), STEP), GoodProof.SIGNED_UID);
        withApplicationKey = AttackedRealm.of(
                GigyaRealm.create(
                        keycloak, simulator, site, Map.of("userKey", key.userKey(), "secret", key.secret()), STEP),
                GoodProof.SIGNED_UID);
    }

    @AfterAll
    void delete_the_realms() {
        withPartnerSecret.close();
        withApplicationKey.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_uid_is_refused_where_gigya_exchanges_signatures(SignedUidForgery forgery) {
        isRefused(forgery, withApplicationKey);
    }

    private void isRefused(SignedUidForgery forgery, AttackedRealm attacked) {
        var forger = new SignedUidForgery.Forger(
                site, attacked.victim().uid(), Instant.now().getEpochSecond());

        attacked.attempt(attacked.realm().visit(), forgery.forgedBy(forger)).wasRefused(forgery.refusal());
    }

    @Test
    void a_signature_of_the_application_key_is_not_gigyas() {
        for (var attacked : realms().toList()) {
            var uid = attacked.victim().uid();
            var now = Instant.now().getEpochSecond();
            var form = new SignedUidForgery.Forger(site, uid, now).form(uid, key.signUid(uid, now), now);

            attacked.attempt(attacked.realm().visit(), form).wasRefused(Refusal.PROOF_INVALID);
        }
    }

    @Test
    void a_good_signature_signs_in_once() {
        for (var attacked : realms().toList()) {
            var visitor = attacked.realm().visit();
            var form = attacked.goodProof(attacked.victim(), visitor);

            var claims =
                    visitor.login().finish(visitor.post(form)).accessClaims().path("gigya.uid");

            assertThat(claims.asText()).isEqualTo(attacked.victim().uid());
            simulator.calls().reset();
            attacked.attempt(attacked.realm().visit(), form).wasRefused(Refusal.PROOF_REPLAYED);
            otherOf(attacked).attempt(otherOf(attacked).realm().visit(), form).wasRefused(Refusal.PROOF_REPLAYED);
            assertThat(simulator.calls().counts())
                    .as("calls for a signature that was used before")
                    .isEmpty();
        }
    }

    // A site of its own: what is refused of one is counted for all realms together.
    @Test
    void made_up_signatures_cost_a_bounded_number_of_calls() {
        var flooded = simulator.addSite(Site.builder().applicationKey(key));
        try (var attacked = AttackedRealm.of(
                GigyaRealm.create(
                        keycloak, simulator, flooded, Map.of("userKey", key.userKey(), "secret", key.secret()), STEP),
                GoodProof.SIGNED_UID)) {
            simulator.calls().reset();
            var begin = Instant.now();
            for (int i = 0; i < 40; i++) {
                var now = Instant.now().getEpochSecond();
                var forger =
                        new SignedUidForgery.Forger(flooded, attacked.victim().uid(), now);
                attacked.realm().visit().post(SignedUidForgery.WRONG_SECRET.forgedBy(forger));
            }
            // Twenty, and one more for each second that this took.
            int most = 20 + (int) Duration.between(begin, Instant.now()).toSeconds() + 1;
            assertThat(simulator.calls().counts()).containsOnlyKeys(EXCHANGE);
            assertThat(simulator.calls().count(EXCHANGE)).isBetween(20, most);

            await().untilAsserted(
                            () -> assertThat(attacked.signIn(attacked.victim())).isNotNull());
        }
    }

    @Test
    void a_signature_that_was_used_at_one_site_of_a_group_is_used_up_at_the_others() {
        var sister = simulator.addSite(Site.builder().inGroupOf(site).partnerSecret(site.partnerSecret()));
        var visitor = withPartnerSecret.realm().visit();
        var form = withPartnerSecret.goodProof(withPartnerSecret.victim(), visitor);
        visitor.login().finish(visitor.post(form));

        try (var attacked = AttackedRealm.of(
                GigyaRealm.create(keycloak, simulator, sister, Map.of(), STEP), GoodProof.SIGNED_UID)) {
            attacked.attempt(attacked.realm().visit(), form).wasRefused(Refusal.PROOF_REPLAYED);
        }
    }

    @Test
    void what_gigya_could_not_have_signed_costs_no_call() {
        var stale = Stream.of(
                SignedUidForgery.OLD,
                SignedUidForgery.FAR_FUTURE,
                SignedUidForgery.URL_SAFE,
                SignedUidForgery.LONG_UID);
        simulator.calls().reset();

        stale.forEach(forgery -> isRefused(forgery, withApplicationKey));

        assertThat(simulator.calls().counts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UID", "UIDSignature", "signatureTimestamp"})
    void an_exchange_in_which_gigya_lies_signs_nobody_in(String member) {
        var visitor = withApplicationKey.realm().visit();
        var lies = Map.of(
                "UID", withApplicationKey.victim().uid(),
                "UIDSignature", key.signUid("another", 1),
                "signatureTimestamp", "1");
        simulator.faults().onceOn(EXCHANGE, Fault.lying(Map.of(member, lies.get(member))));

        withApplicationKey
                .attempt(visitor, withApplicationKey.goodProof(withApplicationKey.bystander(), visitor))
                .wasRefused(Refusal.GIGYA_UNAVAILABLE);
    }

    @Test
    void an_exchange_that_gigya_makes_for_another_account_signs_nobody_in() {
        var visitor = withApplicationKey.realm().visit();
        var victim = withApplicationKey.victim().uid();
        var now = Instant.now().getEpochSecond();
        simulator
                .faults()
                .onceOn(
                        EXCHANGE,
                        Fault.lying(Map.of(
                                "UID", victim,
                                "UIDSignature", key.signUid(victim, now),
                                "signatureTimestamp", Long.toString(now))));

        withApplicationKey
                .attempt(visitor, withApplicationKey.goodProof(withApplicationKey.bystander(), visitor))
                .wasRefused(Refusal.GIGYA_UNAVAILABLE);
    }

    private Stream<AttackedRealm> realms() {
        return Stream.of(withPartnerSecret, withApplicationKey);
    }

    private AttackedRealm otherOf(AttackedRealm one) {
        return one == withPartnerSecret ? withApplicationKey : withPartnerSecret;
    }
}
