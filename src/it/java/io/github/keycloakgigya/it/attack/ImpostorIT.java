package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.TestProviders;
import io.github.keycloakgigya.it.realm.ConnectionTester;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Entrant;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.OpenIdRealm;
import io.github.keycloakgigya.it.realm.PasswordAttempt;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.OpenIdClient.Subjects;
import io.github.keycloakgigya.simulator.Site;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody else answers at the custom API domain of a site, with a certificate that Keycloak trusts, with signing keys of
 * their own, and with what they know of the site. The server is one whose operator lists no domain that publishes its own
 * keys.
 */
@OnlyInFullBuild
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImpostorIT {

    private static final String DATA_CENTER = "us1.gigya.com";

    private final GigyaSimulator impostor = GigyaSimulator.start();
    private final GigyaSimulator gigya = impostor.startDataCenter("*." + DATA_CENTER);
    private final ProxyToGigya proxy = new ProxyToGigya(DATA_CENTER, gigya.port());
    private final Map<String, Site> imitations = new HashMap<>();
    private KeycloakServer keycloak;
    private AttackedDoors doors;

    @BeforeAll
    void start() {
        var settings = SharedServers.watched("it-impostor").trusting(impostor.certificate());
        keycloak = KeycloakServer.start(TestProviders.inBuild(), proxy.usedBy(settings), step -> {});
        doors = new AttackedDoors(keycloak, gigya);
    }

    @AfterEach
    void end_faults() {
        gigya.faults().clear();
    }

    @AfterAll
    void stop() {
        if (keycloak != null) {
            doors.close();
            keycloak.close();
        }
        proxy.close();
        gigya.close();
        impostor.close();
    }

    @ParameterizedTest(name = "{1} at {0}")
    @MethodSource("doors_and_proofs")
    void whom_gigya_itself_vouches_for_gets_in_and_the_impostor_is_not_asked(Door door, GoodProof proof) {
        var realm = doors.realm(door, proof);
        impostor.calls().reset();

        var claims = realm.signIn(realm.victim()).accessClaims();

        assertThat(claims.path("sub").asText()).isEqualTo(realm.userId(realm.victim()));
        assertThat(impostor.calls().counts()).isEmpty();
    }

    @ParameterizedTest(name = "{1} at {0}")
    @MethodSource("doors_and_proofs")
    void whom_the_impostor_vouches_for_does_not(Door door, GoodProof proof) {
        var realm = doors.realm(door, proof);
        var theirs = imitate(realm.realm().site());
        imitate(theirs, realm.victim());
        var entrant = realm.enter();
        impostor.calls().reset();

        realm.attempt(entrant, forged(proof, theirs, realm.victim(), entrant)).wasRefused(Refusal.PROOF_INVALID);

        assertThat(impostor.calls().counts()).isEmpty();
    }

    static Stream<Arguments> doors_and_proofs() {
        return Stream.of(Door.values()).flatMap(door -> door.proofs().stream().map(proof -> Arguments.of(door, proof)));
    }

    private Form forged(GoodProof proof, Site theirs, Account victim, Entrant entrant) {
        var forger = Forger.of(impostor, theirs, victim.uid(), entrant.audience());
        return switch (proof) {
            case BOUND_TOKEN -> Form.of("id_token", forger.token().signed());
            case SIGN_IN_TOKEN -> Form.of("id_token", forger.signInToken().signed());
            case SIGNED_UID -> {
                long now = forger.now().getEpochSecond();
                yield Form.of("UID", victim.uid())
                        .and("UIDSignature", theirs.signUid(victim.uid(), now))
                        .and("signatureTimestamp", Long.toString(now));
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void a_password_is_sent_to_gigya_alone_and_none_of_the_impostors_opens(PasswordAttempt.Door door) {
        try (var realm = PasswordRealm.create(keycloak, gigya, Map.of())) {
            var person = realm.newPerson("typist-" + door + "@example.com", Account.builder());
            imitate(realm.realm().site())
                    .add(Account.builder()
                            .uid(person.account().uid())
                            .verifiedEmail(person.email())
                            .password("the impostor takes it"));
            impostor.calls().reset();

            assertThat(door.attempt(realm, person.email(), "the impostor takes it")
                            .isIn())
                    .isFalse();
            assertThat(door.attempt(realm, person.email(), PasswordRealm.PASSWORD)
                            .isIn())
                    .isTrue();

            assertThat(impostor.calls().counts()).isEmpty();
        }
    }

    @Test
    void the_importer_takes_no_id_token_that_the_impostor_signs() {
        var site = gigya.addSite(Site.builder());
        var victim = site.add(Account.builder().verifiedEmail("imported@example.com"));
        var theirs = imitate(site);
        var imitated = imitate(theirs, victim);
        var keysOfGigya = "https://fidm." + DATA_CENTER + "/oidc/op/v1.0/" + site.apiKey() + "/.well-known/jwks";
        try (var realm = OpenIdRealm.create(
                keycloak, impostor, site, theirs, Subjects.PUBLIC, Map.of("jwksUrl", keysOfGigya), Map.of())) {
            assertThat(outside(realm, theirs, imitated).status()).isNotEqualTo(302);
            assertThat(proxy.asked()).contains("fidm." + DATA_CENTER);

            var keysOfTheirs = impostor.openIdIssuer(theirs) + "/.well-known/jwks";
            realm.configureProvider(Map.of("jwksUrl", keysOfTheirs));
            assertThat(outside(realm, theirs, imitated).text()).contains(Refusal.GIGYA_MISCONFIGURED.message());
            var refused = realm.changeMapper(Map.of());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().toString())
                    .contains("must take its keys from Gigya", "https://fidm." + DATA_CENTER + "/");
            assertThat(realm.users()).isEmpty();
            assertThat(impostor.calls().counts().keySet()).noneMatch(method -> method.startsWith("accounts."));
        }
    }

    private static Page outside(OpenIdRealm realm, Site issuing, Account account) {
        var login = realm.realm().login();
        var page = realm.arrive(login, issuing, account);
        assertThat(login.isDone(page)).isFalse();
        return page;
    }

    @Test
    void the_administrator_reads_which_data_center_a_site_with_a_domain_of_its_own_is_in() {
        try (var realm = GigyaRealm.create(keycloak, gigya)) {
            gigya.faults().everywhere(Fault.errorCode(301001, Map.of("apiDomain", "eu1.gigya.com")));
            var tester = new ConnectionTester(realm);

            var answer = tester.test(tester.saved());

            assertThat(ConnectionTester.messages(answer)).contains("Choose the data center eu1");
        }
    }

    @Test
    void nobody_gets_in_where_the_data_center_can_not_be_reached_whatever_the_custom_domain_answers() {
        var elsewhere = Map.of("dataCenter", "au1");
        try (var realm = GigyaRealm.create(keycloak, gigya, elsewhere, Map.of())) {
            var theirs = imitate(realm.site());
            var account = realm.site().add(Account.builder().verifiedEmail("stranded@example.com"));
            imitate(theirs, account);
            impostor.calls().reset();
            var visitor = realm.visit();
            var forged = Forger.of(impostor, theirs, account.uid(), visitor.audience());

            var page = visitor.post(Form.of("id_token", forged.token().signed()));

            assertThat(page.text()).contains(Refusal.GIGYA_UNAVAILABLE.message());
            assertThat(realm.events())
                    .first()
                    .satisfies(
                            event -> assertThat(event.at("/details/gigya_error").asText())
                                    .isEqualTo("gigya_unavailable"));
            assertThat(realm.users()).isEmpty();
            var tester = new ConnectionTester(realm);
            assertThat(ConnectionTester.messages(tester.test(tester.saved())))
                    .contains("can't be reached at au1.gigya.com");
            assertThat(impostor.calls().counts()).isEmpty();
        }
    }

    /** {@return the impostor's site of the same API key, with another secret} */
    private Site imitate(Site site) {
        return imitations.computeIfAbsent(
                site.apiKey(), apiKey -> impostor.addSite(Site.builder().apiKey(apiKey)));
    }

    private static Account imitate(Site theirs, Account account) {
        return theirs.account(account.uid())
                .orElseGet(() ->
                        theirs.add(Account.builder().uid(account.uid()).verifiedEmail(account.uid() + "@example.com")));
    }
}
