package io.github.keycloakgigya.it.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.Sample;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.Shell;
import io.github.keycloakgigya.it.WithTokenExchange;
import io.github.keycloakgigya.it.realm.BrokeredApps;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.TokenDoor;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The samples in {@code docs/apps.md} of token exchange and JWT authorization grant that a shell runs. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class TokenSamplesIT {

    public static final String EXCHANGE = "Exchange a token";
    public static final String GRANT = "Show a token as a grant";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private final Path secret;

    public TokenSamplesIT(
            @WithTokenExchange KeycloakServer keycloak, GigyaSimulator simulator, @TempDir Path directory) {
        this.keycloak = keycloak;
        this.simulator = simulator;
        this.secret = directory.resolve("client-secret");
    }

    @BeforeAll
    void look_for_curl_and_write_the_clients_secret_down() throws IOException {
        Shell.requireCurl();
        Files.writeString(secret, BrokeredApps.SECRET);
    }

    @Test
    public void a_token_is_exchanged() {
        try (var apps = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of())) {
            var account = apps.account("sample");
            var script = sample("sh", EXCHANGE)
                    .with(Map.of(
                            AppSamplesIT.ISSUER,
                            apps.issuer(),
                            "subject_issuer=gigya",
                            "subject_issuer=" + BrokeredRealm.ALIAS));

            var answer = Shell.run(
                    script, Map.of("CLIENT_SECRET_FILE", secret.toString(), "SUBJECT_TOKEN", apps.tokenOf(account)));

            assertThat(uidIn(answer)).isEqualTo(account.uid());
        }
    }

    @Test
    public void a_token_is_shown_as_a_grant() {
        try (var apps = BrokeredApps.create(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT, Map.of())) {
            var account = apps.account("sample");
            apps.brokered().signIn(account);
            var script = sample("sh", GRANT).with(Map.of(AppSamplesIT.ISSUER, apps.issuer()));

            var answer = Shell.run(
                    script, Map.of("CLIENT_SECRET_FILE", secret.toString(), "ASSERTION", apps.tokenOf(account)));

            assertThat(uidIn(answer)).isEqualTo(account.uid());
        }
    }

    /** {@return the sample of the document in this language below this heading} */
    public static Sample sample(String language, String heading) {
        return Sample.in(AppSamplesIT.DOCUMENT, language).stream()
                .filter(sample -> sample.heading().equals(heading))
                .findFirst()
                .orElseThrow();
    }

    private static String uidIn(String answer) {
        return Tokens.of(Json.parse(answer)).accessClaims().path("gigya.uid").asText();
    }
}
