package io.github.keycloakgigya.it.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.Sample;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.Shell;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.AttemptEvents;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The samples in {@code docs/apps.md} that a shell runs do what the document says. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class AppSamplesIT {

    public static final Path DOCUMENT = Path.of("docs/apps.md");

    /** What the document calls the realm. */
    public static final String ISSUER = "https://keycloak.example.com/realms/shop";

    private static final String TOKEN = "With a token";
    private static final String SIGNATURE = "With a UID signature";
    private static final String PROOF = "Get a proof from the simulated site";
    private static final String SIGN_OUT = "Sign out";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private final Map<String, Sample> samples =
            Sample.in(DOCUMENT, "sh").stream().collect(Collectors.toMap(Sample::heading, Function.identity()));
    private AppRealm apps;

    public AppSamplesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    public void create_a_realm() {
        Shell.requireCurl();
        apps = AppRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        if (apps != null) {
            apps.close();
        }
    }

    @Test
    public void each_sample_is_run_by_a_test() {
        assertThat(samples.keySet())
                .containsExactlyInAnyOrder(
                        TOKEN, SIGNATURE, PROOF, SIGN_OUT, TokenSamplesIT.EXCHANGE, TokenSamplesIT.GRANT);
    }

    @Test
    void a_token_signs_in_and_the_refresh_token_signs_out() {
        var account = apps.account("token");

        var tokens = Tokens.of(Json.parse(run(TOKEN, apps, apps.proofOf(account))));

        assertThat(tokens.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
        simulator.calls().reset();

        run(SIGN_OUT, apps, Form.of("refresh_token", tokens.refreshToken()));

        await().untilAsserted(() ->
                assertThat(simulator.calls().count("accounts.logout")).isEqualTo(1));
    }

    @Test
    void the_command_gets_a_proof_of_the_simulated_site() {
        var account = apps.account("proof");
        account.setPassword("a password of the demo");
        var script = samples.get(PROOF)
                .with(Map.of(
                        "ada@example.org", "proof@example.com", "Analytical-Engine-1843", "'a password of the demo'"));

        var proof = Shell.run(
                        script,
                        Map.of(
                                "GIGYA_API_DOMAIN", simulator.apiDomain(),
                                "GIGYA_API_KEY", apps.realm().site().apiKey()))
                .strip();

        Secrets.remember("proof", proof);
        var tokens = Tokens.of(Json.parse(run(TOKEN, apps, Form.of("gigya_id_token", proof))));
        assertThat(tokens.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
    }

    @Test
    void a_uid_signature_signs_in() {
        var step = Map.of("loginProof", "uidSignature");
        try (var signed = AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), step)) {
            var account = signed.account("signature");

            var tokens = Tokens.of(Json.parse(run(SIGNATURE, signed, signed.proofOf(account))));

            assertThat(tokens.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
        }
    }

    /** Runs a sample with each parameter in the variable of its name, in capitals. */
    private String run(String heading, AppRealm realm, Form parameters) {
        var variables = new HashMap<String, String>();
        parameters
                .parameters()
                .forEach(parameter -> variables.put(parameter.getKey().toUpperCase(Locale.ROOT), parameter.getValue()));
        AttemptEvents.proofsIn(parameters).forEach(proof -> Secrets.remember("proof", proof));
        return Shell.run(samples.get(heading).with(Map.of(ISSUER, realm.issuer())), variables);
    }
}
