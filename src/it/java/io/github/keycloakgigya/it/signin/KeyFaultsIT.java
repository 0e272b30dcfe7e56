package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.Outage;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gigya's signing keys are not to be had when they are needed. Each test meets an API domain that was never called. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyFaultsIT {

    private static final String GET_JWT = "accounts.getJWT";
    private static final String GET_KEYS = "accounts.getJWTPublicKey";
    private static final String UNAVAILABLE = "The sign-in service cannot be reached at the moment.";

    private final KeycloakServer keycloak;
    private final GigyaSimulator shared;
    private GigyaRealm realm;
    private GigyaSimulator gigya;
    private Site site;
    private Account account;
    private int moves;

    KeyFaultsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.shared = simulator;
    }

    @BeforeAll
    void warm_up() {
        realm = GigyaRealm.create(keycloak, shared);
        realm.signIn(realm.site().add(Account.builder().verifiedEmail("warm@example.com")));
    }

    @BeforeEach
    void move_the_site() {
        gigya = shared.startSibling();
        site = gigya.addSite(Site.builder()
                .apiKey(realm.site().apiKey())
                .partnerSecret(realm.site().partnerSecret()));
        account = site.add(Account.builder().verifiedEmail("cold@example.com"));
        // A stored secret does not follow to another host: it is typed again, now with a blank and now without.
        moves++;
        var secret = site.partnerSecret() + " ".repeat(moves % 2);
        realm.configure(Map.of("apiDomain", gigya.apiDomain(), "secret", secret));
    }

    @AfterEach
    void stop() {
        gigya.close();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @EnumSource
    void an_outage_ends_soon_in_a_page_with_retry(Outage outage) {
        account = site.add(Account.builder().verifiedEmail(outage.name() + "@example.com"));
        var before = realm.users();
        outage.begin(gigya.faults(), GET_KEYS);

        FailedSignIn.inTime(() -> refusal(realm.visit()))
                .reads(UNAVAILABLE)
                .isCalled("gigya_unavailable")
                .quotes(outage.errorCode());

        assertThat(realm.users()).isEqualTo(before);
        gigya.faults().clear();
        assertThat(signIn(realm.visit()).accessClaims().path("gigya.uid").asText())
                .isEqualTo(account.uid());
    }

    @Test
    void settings_that_gigya_refuses_are_not_called_an_outage() {
        gigya.faults().on(GET_KEYS, Fault.errorCode(301001, Map.of("apiDomain", "eu1.gigya.com")));

        FailedSignIn.inTime(() -> refusal(realm.visit()))
                .reads("Sign-in is not set up correctly here")
                .isCalled("gigya_misconfigured")
                .quotes(OptionalInt.of(301001));
    }

    @Test
    void a_rotated_key_is_fetched_once_in_the_midst_of_a_sign_in() {
        account = site.add(Account.builder().verifiedEmail("rotated@example.com"));
        var user = signIn(realm.visit()).subject();
        var visitor = realm.visit();
        var proof = proof(visitor);
        gigya.rotateKeys();
        gigya.calls().reset();

        assertThat(visitor.login().finish(visitor.post(proof)).subject()).isEqualTo(user);

        assertThat(gigya.calls().counts()).isEqualTo(Map.of(GET_JWT, 1, GET_KEYS, 1));
    }

    @Test
    void a_key_rotated_before_the_browser_signed_in_is_fetched_once() {
        account = site.add(Account.builder().verifiedEmail("rotated-before@example.com"));
        var user = signIn(realm.visit()).subject();
        gigya.rotateKeys();
        gigya.calls().reset();

        assertThat(signIn(realm.visit()).subject()).isEqualTo(user);

        assertThat(gigya.calls().counts()).isEqualTo(Map.of(GET_JWT, 1, GET_KEYS, 1));
    }

    @Test
    void a_key_rotated_during_an_outage_brands_no_proof_as_forged() {
        account = site.add(Account.builder().verifiedEmail("branded@example.com"));
        var visitor = realm.visit();
        var user = signIn(visitor).subject();
        gigya.rotateKeys();
        gigya.faults().on(GET_KEYS, Fault.throttle());
        for (int i = 0; i < 6; i++) {
            refusal(Visitor.open(realm, visitor.browser(), Map.of("prompt", "login")))
                    .reads(UNAVAILABLE)
                    .isCalled("gigya_unavailable");
        }

        assertThat(realm.countedFailures(user)).isZero();
        gigya.faults().clear();
        gigya.calls().reset();
        assertThat(signIn(realm.visit()).subject()).isEqualTo(user);
        assertThat(gigya.calls().count(GET_KEYS)).isEqualTo(1);
    }

    private FailedSignIn refusal(Visitor visitor) {
        return FailedSignIn.of(realm, visitor, proof(visitor));
    }

    private Tokens signIn(Visitor visitor) {
        return visitor.login().finish(visitor.post(proof(visitor)));
    }

    private String proof(Visitor visitor) {
        return gigya.accountToken(site, account, visitor.audience());
    }
}
