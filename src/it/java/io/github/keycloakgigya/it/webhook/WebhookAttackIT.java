package io.github.keycloakgigya.it.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.HookedRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.WebhookMessage;
import io.github.keycloakgigya.simulator.WebhookMessageBuilder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that are not Gigya's, or not true, at the address of a running server's webhook: they change nothing. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookAttackIT {

    private static final String SIGNATURE = WebhookMessage.SIGNATURE;

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private final HttpClient http = HttpClient.newHttpClient();
    private GigyaRealm realm;
    private GigyaRealm other;
    private Account victim;
    private Account stranger;
    private String victimId;
    private Tokens victimsTokens;
    private Hook hook;
    private String closed;

    WebhookAttackIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_realms() {
        var settings = Map.of("webhooks", "true", "webhookImports", "true", "missingAccountPolicy", "delete");
        realm = GigyaRealm.create(keycloak, simulator, settings, Map.of());
        other = GigyaRealm.create(keycloak, simulator, settings, Map.of());
        hook = Hook.of(realm);
        victim = realm.site().add(BrokeredRealm.person("victim"));
        victimsTokens = realm.signIn(victim);
        victimId = victimsTokens.subject();
        stranger = other.site().add(BrokeredRealm.person("stranger"));
        // Last: with two federations, the step of the flow would have to name one.
        closed = realm.addFederation("closed", other.site());
        // What is told of the account from now on would show.
        victim.setProfile("firstName", "Changed");
    }

    @AfterAll
    void delete_realms() {
        other.close();
        realm.close();
    }

    @TestFactory
    Stream<DynamicTest> a_hostile_message_changes_nothing() {
        return messages()
                .all()
                .map(message -> DynamicTest.dynamicTest(message.what(), () -> {
                    assertThat(message.sending().call()).isEqualTo(message.status());
                    assertThat(realm.users()).singleElement().satisfies(user -> {
                        assertThat(user.path("id").asText()).isEqualTo(victimId);
                        assertThat(user.path("enabled").asBoolean()).isTrue();
                        assertThat(user.at("/attributes/gigya.uid/0").asText()).isEqualTo(victim.uid());
                    });
                    assertThat(HookedRealm.userInfo(realm, victimsTokens))
                            .as("the victim's session")
                            .isEqualTo(200);
                }));
    }

    private HostileMessages messages() {
        return new HostileMessages(realm, other, victim, stranger, closed);
    }

    @Test
    void the_table_of_hostile_messages_has_more_than_40_kinds() {
        assertThat(messages().all())
                .extracting(HostileMessages.Hostile::what)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(40);
    }

    @OnlyInFullBuild
    @Test
    void connections_on_which_nothing_comes_keep_no_message_out() throws Exception {
        var place = keycloak.log().end();
        var silent = new ArrayList<SlowConnection>();
        try {
            // As many as one site may have.
            for (int connection = 0; connection < 6; connection++) {
                silent.add(new SlowConnection(hook.address(), deleted().build()));
            }
            Hook.soon(() -> assertThat(hook.send(deleted())).isEqualTo(503));
            Hook.soon(() -> assertThat(hook.send(deleted())).isEqualTo(204));

            for (var connection : silent) {
                assertThat(connection.status(Duration.ofSeconds(20))).isEqualTo(503);
            }
        } finally {
            for (var connection : silent) {
                connection.close();
            }
        }
        assertThat(keycloak.log().entriesSince(place))
                .noneMatch(entry -> entry.level().equals("ERROR"));
    }

    @Test
    void a_message_that_is_refused_asks_gigya_nothing_and_leaves_nothing_in_the_log() throws Exception {
        hook.send(deleted());
        simulator.calls().reset();
        var place = keycloak.log().end();

        for (int message = 0; message < 20; message++) {
            assertThat(post(deleted().tokenForBody(utf8("x")).build().token().orElseThrow(), utf8("{}")))
                    .isEqualTo(401);
            assertThat(hook.send(deleted().unsigned())).isEqualTo(401);
            assertThat(hook.send(hook.message().body(utf8("secret of a body")))).isEqualTo(400);
        }

        assertThat(simulator.calls().counts()).isEmpty();
        assertThat(keycloak.log().entriesSince(place))
                .filteredOn(entry ->
                        !entry.level().equals("DEBUG") && !entry.level().equals("TRACE"))
                .filteredOn(entry -> entry.category().startsWith("io.github.keycloakgigya"))
                .isEmpty();
        assertThat(keycloak.log().entriesSince(place))
                .noneMatch(entry -> entry.message().contains("secret of a body"));
    }

    @Test
    void a_message_that_comes_again_asks_gigya_nothing() {
        var message = hook.message().event("accountUpdated", victim.uid()).build();
        assertThat(Hook.send(message, hook.address())).isEqualTo(204);
        simulator.calls().reset();

        assertThat(Hook.send(message, hook.address())).isEqualTo(204);

        assertThat(simulator.calls().counts()).isEmpty();
    }

    @Test
    void made_up_keys_are_not_looked_for_again_and_again() throws Exception {
        hook.send(deleted());
        simulator.calls().reset();
        for (int key = 0; key < 20; key++) {
            var header = "{\"alg\":\"RS256\",\"kid\":\"made-up-" + key + "\",\"typ\":\"JWT\"}";
            var token = Stream.of(header, "{}")
                    .map(part -> Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(part)))
                    .reduce((head, body) -> head + "." + body + ".AA")
                    .orElseThrow();
            assertThat(post(token, new byte[0])).isIn(401, 503);
        }
        assertThat(simulator.calls().count("accounts.getJWTPublicKey")).isLessThanOrEqualTo(5);
    }

    private WebhookMessageBuilder deleted() {
        return hook.message().event("accountDeleted", victim.uid());
    }

    private int post(String token, byte[] body) throws Exception {
        return status(HttpRequest.newBuilder(hook.address())
                .header("Content-Type", "application/json")
                .header(SIGNATURE, token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
