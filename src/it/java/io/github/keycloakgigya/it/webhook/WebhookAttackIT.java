package io.github.keycloakgigya.it.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.WebhookMessage;
import io.github.keycloakgigya.simulator.WebhookMessageBuilder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
    private String victimId;
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
        victimId = realm.signIn(victim).subject();
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

    private record Hostile(String what, int status, Callable<Integer> sending) {}

    @TestFactory
    Stream<DynamicTest> a_hostile_message_changes_nothing() {
        return Stream.of(
                        hostile("unsigned", 401, () -> hook.send(deleted().unsigned())),
                        hostile(
                                "signed with a stranger's key",
                                401,
                                () -> hook.send(deleted().signedBy(Forger.FOREIGN.pair()))),
                        hostile(
                                "of another site",
                                401,
                                () -> Hook.send(
                                        Hook.of(other)
                                                .message()
                                                .event("accountDeleted", victim.uid())
                                                .build(),
                                        hook.address())),
                        hostile(
                                "of 25 hours ago",
                                401,
                                () -> hook.send(deleted().issuedAt(Instant.now().minus(Duration.ofHours(25))))),
                        hostile(
                                "of tomorrow",
                                401,
                                () -> hook.send(deleted().issuedAt(Instant.now().plus(Duration.ofHours(24))))),
                        hostile(
                                "with the body of another",
                                401,
                                () -> hook.send(deleted().tokenForBody(new byte[0]))),
                        hostile(
                                "packed, with the body of another",
                                401,
                                () -> hook.send(deleted().zipped().tokenForBody(new byte[0]))),
                        hostile(
                                "without an id",
                                401,
                                () -> hook.send(deleted().claims(claims -> claims.remove("jti")))),
                        hostile(
                                "that is a sign-in's as well",
                                401,
                                () -> hook.send(deleted().claims(claims -> claims.put("isLoggedIn", true)))),
                        hostile(
                                "for an audience",
                                401,
                                () -> hook.send(deleted().claims(claims -> claims.put("aud", "x")))),
                        hostile(
                                "with a getJWT answer as its token",
                                401,
                                () -> post(realm.proofOf(victim, "x"), new byte[0])),
                        hostile(
                                "with an HMAC of version 1.x",
                                401,
                                () -> post("LHvk8hYCaaauV1gCBPm0m7YgSNo=", new byte[0])),
                        hostile("with a header of 8,000 characters", 401, () -> post("a".repeat(8_000), new byte[0])),
                        hostile(
                                "of a megabyte and more",
                                413,
                                () -> hook.send(hook.message().body(new byte[(1 << 20) + 1]))),
                        hostile(
                                "that is a bomb",
                                413,
                                () -> hook.send(
                                        hook.message().body(new byte[64 << 20]).zipped())),
                        hostile(
                                "that is a bomb, signed as packed",
                                413,
                                () -> hook.send(hook.message()
                                        .body(new byte[64 << 20])
                                        .zipped()
                                        .hashOfZippedBytes())),
                        hostile("of 501 events", 413, () -> hook.send(many(501))),
                        hostile(
                                "that is no JSON",
                                400,
                                () -> hook.send(hook.message().body(utf8("deleted")))),
                        hostile(
                                "that is a form",
                                401,
                                () -> posted("application/x-www-form-urlencoded", utf8("events=1"))),
                        hostile(
                                "of parts",
                                401,
                                () -> posted(
                                        "multipart/form-data; boundary=x",
                                        utf8("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--"))),
                        hostile(
                                "to a federation that is not there",
                                404,
                                () -> Hook.send(deleted().build(), hook.address("none"))),
                        hostile(
                                "to a federation that takes none",
                                404,
                                () -> Hook.send(deleted().build(), hook.address(closed))),
                        hostile(
                                "to another realm's federation",
                                404,
                                () -> Hook.send(deleted().build(), hook.address(other.componentId()))),
                        hostile("that is only asked for", 405, () -> method("GET")),
                        hostile("that is put", 405, () -> method("PUT")),
                        hostile("that says that an account is gone which is there", 204, () -> hook.send(deleted())),
                        hostile(
                                "that says that an account went into another",
                                204,
                                () -> hook.send(hook.message().moved("accountMerged", victim.uid(), "uid-of-nobody"))),
                        hostile(
                                "about somebody whom nobody knows",
                                204,
                                () -> hook.send(hook.message().event("accountUpdated", "uid-of-nobody"))),
                        hostile(
                                "about somebody of another federation",
                                204,
                                () -> hook.send(hook.message()
                                        .event(
                                                "accountDeleted",
                                                other.site()
                                                        .add(BrokeredRealm.person("elsewhere"))
                                                        .uid()))))
                .map(message -> DynamicTest.dynamicTest(message.what(), () -> {
                    assertThat(message.sending().call()).isEqualTo(message.status());
                    assertThat(realm.users()).singleElement().satisfies(user -> {
                        assertThat(user.path("id").asText()).isEqualTo(victimId);
                        assertThat(user.path("enabled").asBoolean()).isTrue();
                        assertThat(user.at("/attributes/gigya.uid/0").asText()).isEqualTo(victim.uid());
                    });
                }));
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

    private static Hostile hostile(String what, int status, Callable<Integer> sending) {
        return new Hostile(what, status, sending);
    }

    private WebhookMessageBuilder deleted() {
        return hook.message().event("accountDeleted", victim.uid());
    }

    private WebhookMessageBuilder many(int events) {
        var message = hook.message();
        IntStream.range(0, events).forEach(number -> message.event("accountUpdated", "uid-" + number));
        return message;
    }

    private int post(String token, byte[] body) throws Exception {
        return status(HttpRequest.newBuilder(hook.address())
                .header("Content-Type", "application/json")
                .header(SIGNATURE, token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private int posted(String type, byte[] body) throws Exception {
        return status(HttpRequest.newBuilder(hook.address())
                .header("Content-Type", type)
                .header(SIGNATURE, deleted().build().token().orElseThrow())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private int method(String name) throws Exception {
        return status(HttpRequest.newBuilder(hook.address()).method(name, HttpRequest.BodyPublishers.noBody()));
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
