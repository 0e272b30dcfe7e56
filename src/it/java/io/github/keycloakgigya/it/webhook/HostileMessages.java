package io.github.keycloakgigya.it.webhook;

import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.WebhookMessage;
import io.github.keycloakgigya.simulator.WebhookMessageBuilder;
import io.github.keycloakgigya.token.GigyaTokens;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Messages that are not Gigya's, or not true, about a person who is there.
 *
 * @param realm whose hook they are sent to
 * @param other of another site
 * @param victim the person
 * @param stranger a person of the other site
 * @param closed the id of a federation of the realm that takes no messages
 */
record HostileMessages(GigyaRealm realm, GigyaRealm other, Account victim, Account stranger, String closed) {

    private static final String JSON = "application/json";
    private static final int MEBIBYTE = 1 << 20;

    /**
     * One of them.
     *
     * @param what in a few words
     * @param status that it is answered by
     * @param sending answers the status
     */
    record Hostile(String what, int status, Callable<Integer> sending) {}

    Stream<Hostile> all() {
        return Stream.of(ofWrongTokens(), ofWrongBodies(), toWrongAddresses(), ofUntruths())
                .flatMap(List::stream);
    }

    private List<Hostile> ofWrongTokens() {
        var forger = Forger.of(realm.simulator(), realm.site(), victim.uid(), "");
        var body = body();
        var token = GigyaTokens.webhook(forger.gigya(), realm.site().apiKey(), body, Instant.now());
        return List.of(
                refused("unsigned", () -> hook().send(deleted().unsigned())),
                refused("with an empty token", () -> post("", body)),
                // Of two headers, Quarkus shows the last. Where that is Gigya's, so is the message.
                refused(
                        "with a stranger's token behind Gigya's",
                        () -> twice(token.signed(), token.signedBy(Forger.FOREIGN), body)),
                refused("with an HMAC of version 1.x", () -> post("LHvk8hYCaaauV1gCBPm0m7YgSNo=", body)),
                refused("whose token says that it needs no signature", () -> post(unsigned(token), body)),
                refused(
                        "with an HMAC under Gigya's public key",
                        () -> post(Forger.hs256(token.withHeader("alg", "HS256"), utf8(forger.publicKeyPem())), body)),
                refused(
                        "signed by another algorithm",
                        () -> post(forger.ps256(token.withHeader("alg", "PS256")), body)),
                refused(
                        "signed with a stranger's key",
                        () -> hook().send(deleted().signedBy(Forger.FOREIGN.pair()))),
                refused(
                        "that brings its key along",
                        () -> post(
                                token.withHeader(
                                                "jwk",
                                                Forger.FOREIGN.publicKey().toString())
                                        .signedBy(Forger.FOREIGN),
                                body)),
                refused("with a header of 8,000 characters", () -> post("a".repeat(8_000), body)),
                refused("whose token was changed afterwards", () -> post(changed(token), body)),
                refused("with an answer of getJWT as its token", () -> post(realm.proofOf(victim, "x"), body)),
                refused(
                        "with a sign-in's token",
                        () -> post(forger.signInToken().signed(), body)),
                refused(
                        "of another site",
                        () -> Hook.send(
                                Hook.of(other)
                                        .message()
                                        .event("accountDeleted", victim.uid())
                                        .build(),
                                hook().address())),
                refused(
                        "of 25 hours ago",
                        () -> hook().send(deleted().issuedAt(Instant.now().minus(Duration.ofHours(25))))),
                refused(
                        "of tomorrow",
                        () -> hook().send(deleted().issuedAt(Instant.now().plus(Duration.ofDays(1))))),
                refused("of no time", () -> hook().send(deleted().claims(claims -> claims.remove("iat")))),
                refused("without an id", () -> hook().send(deleted().claims(claims -> claims.remove("jti")))),
                refused("for no body", () -> hook().send(deleted().claims(claims -> claims.remove("sub")))),
                refused(
                        "that is a sign-in's as well",
                        () -> hook().send(deleted().claims(claims -> claims.put("isLoggedIn", true)))),
                refused("for an audience", () -> hook().send(deleted().claims(claims -> claims.put("aud", "x")))));
    }

    private List<Hostile> ofWrongBodies() {
        return List.of(
                refused("with the body of another", () -> hook().send(deleted().tokenForBody(new byte[0]))),
                refused(
                        "packed, with the body of another",
                        () -> hook().send(deleted().zipped().tokenForBody(new byte[0]))),
                refused(
                        "with one byte more",
                        () -> post(deleted(), utf8(new String(body(), StandardCharsets.UTF_8) + " "))),
                refused("with nothing in it", () -> post(deleted(), new byte[0])),
                refused("that is a form", () -> typed("application/x-www-form-urlencoded", utf8("events=1"))),
                refused(
                        "of parts",
                        () -> typed(
                                "multipart/form-data; boundary=x",
                                utf8("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--"))),
                hostile("that ends early", 0, this::endingEarly),
                hostile(
                        "of a megabyte and more",
                        413,
                        () -> hook().send(message().body(new byte[MEBIBYTE + 1]))),
                hostile(
                        "that is a bomb",
                        413,
                        () -> hook().send(
                                        message().body(new byte[64 * MEBIBYTE]).zipped())),
                hostile(
                        "that is a bomb, signed as packed",
                        413,
                        () -> hook().send(message()
                                .body(new byte[64 * MEBIBYTE])
                                .zipped()
                                .hashOfZippedBytes())),
                hostile("of 501 events", 413, () -> hook().send(many(501))),
                unreadable("that is no JSON", "deleted"),
                unreadable("that is a list", "[]"),
                unreadable("without events", "{\"nonce\":\"1\"}"),
                unreadable("whose events are none", "{\"events\":[1]}"),
                unreadable("that says a thing twice", "{\"events\":[],\"events\":[]}"),
                unreadable("with something behind it", "{\"events\":[]} {}"),
                unreadable("that is very deep", "{\"events\":[{\"data\":" + "[".repeat(5_000) + "]}"));
    }

    private List<Hostile> toWrongAddresses() {
        return List.of(
                hostile("to a federation that is not there", 404, () -> sentTo("none")),
                hostile("to a federation that takes none", 404, () -> sentTo(closed)),
                hostile("to another realm's federation", 404, () -> sentTo(other.componentId())),
                hostile("that is only asked for", 405, () -> method("GET")),
                hostile("that is put", 405, () -> method("PUT")));
    }

    private List<Hostile> ofUntruths() {
        return List.of(
                taken("that says that an account is gone which is there", deleted()),
                taken(
                        "whose token has expired",
                        deleted().issuedAt(Instant.now().minus(Duration.ofHours(2)))),
                taken(
                        "that says that an account went into another",
                        message().moved("accountMerged", victim.uid(), "uid-of-nobody")),
                taken(
                        "that says that an account has another's UID",
                        message().moved("accountUidChanged", victim.uid(), stranger.uid())),
                taken(
                        "that has two accounts change places",
                        message()
                                .moved("accountUidChanged", victim.uid(), "uid-of-nobody")
                                .moved("accountUidChanged", "uid-of-nobody", victim.uid())),
                taken("about somebody whom nobody knows", message().event("accountUpdated", "uid-of-nobody")),
                taken("about somebody of another federation", message().event("accountDeleted", stranger.uid())),
                taken("about a UID that can be none", message().event("accountDeleted", "../users?x=\u0000%0d%0a")),
                taken("about everybody", message().event("accountDeleted", "*")),
                taken("of a type that nobody knows", message().event("accountStolen", victim.uid())));
    }

    private static Hostile hostile(String what, int status, Callable<Integer> sending) {
        return new Hostile(what, status, sending);
    }

    private static Hostile refused(String what, Callable<Integer> sending) {
        return hostile(what, 401, sending);
    }

    private Hostile unreadable(String what, String body) {
        return hostile(what, 400, () -> hook().send(message().body(utf8(body))));
    }

    private Hostile taken(String what, WebhookMessageBuilder message) {
        return hostile(what, 204, () -> hook().send(message));
    }

    private Hook hook() {
        return Hook.of(realm);
    }

    private WebhookMessageBuilder message() {
        return hook().message();
    }

    private WebhookMessageBuilder deleted() {
        return message().event("accountDeleted", victim.uid());
    }

    private byte[] body() {
        return deleted().build().body();
    }

    private WebhookMessageBuilder many(int events) {
        var message = message();
        IntStream.range(0, events).forEach(number -> message.event("accountUpdated", "uid-" + number));
        return message;
    }

    private static String unsigned(GigyaTokens token) {
        return token.withHeader("alg", "none").signedPart() + ".";
    }

    private static String changed(GigyaTokens token) {
        var parts = token.signed().split("\\.");
        return parts[0] + "." + token.with("jti", "another").signedPart().split("\\.")[1] + "." + parts[2];
    }

    private int sentTo(String componentId) {
        return Hook.send(deleted().build(), hook().address(componentId));
    }

    private int post(String token, byte[] body) throws IOException, InterruptedException {
        return status(request().header(WebhookMessage.SIGNATURE, token), JSON, body);
    }

    private int twice(String first, String second, byte[] body) throws IOException, InterruptedException {
        return status(
                request().header(WebhookMessage.SIGNATURE, first).header(WebhookMessage.SIGNATURE, second), JSON, body);
    }

    private int post(WebhookMessageBuilder token, byte[] body) throws IOException, InterruptedException {
        return post(token.build().token().orElseThrow(), body);
    }

    private int typed(String type, byte[] body) throws IOException, InterruptedException {
        return status(
                request()
                        .header(
                                WebhookMessage.SIGNATURE,
                                deleted().build().token().orElseThrow()),
                type,
                body);
    }

    // Nobody is left to be answered.
    private int endingEarly() throws IOException {
        try (var connection = new SlowConnection(hook().address(), deleted().build())) {
            connection.send("{\"events\":[");
        }
        return 0;
    }

    private int method(String name) throws IOException, InterruptedException {
        return send(request().method(name, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(hook().address());
    }

    private static int status(HttpRequest.Builder request, String type, byte[] body)
            throws IOException, InterruptedException {
        return send(request.header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
