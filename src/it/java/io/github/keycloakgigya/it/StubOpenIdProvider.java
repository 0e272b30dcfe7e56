package io.github.keycloakgigya.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * The least that Keycloak's own identity provider {@code oidc} needs upstream, for comparisons: a token endpoint that
 * answers every code for the person whom the code names. Its tokens are not signed.
 */
public final class StubOpenIdProvider implements AutoCloseable {

    private static final String CLIENT = "keycloak";
    private static final String BETWEEN = ".";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String name;
    private volatile Duration wait = Duration.ZERO;

    /** Listens on the loopback interface. */
    public StubOpenIdProvider(String name) {
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/token", exchange -> {
            var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            pause();
            var answer = """
                    {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}""".formatted(idToken(parameter(request, "code"))).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    /** Lets every answer come later by this time. */
    public void latency(Duration time) {
        wait = time;
    }

    private void pause() {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return an identity provider of Keycloak that trusts this one, as an administrator posts it} */
    public ObjectNode identityProvider(String alias) {
        return (ObjectNode)
                Json.parse("""
                {"alias": "ALIAS", "providerId": "oidc", "enabled": true,
                 "config": {"issuer": "BASE", "authorizationUrl": "BASE/auth", "tokenUrl": "BASE/token",
                            "clientId": "CLIENT", "clientSecret": "secret", "clientAuthMethod": "client_secret_post",
                            "disableUserInfo": "true", "validateSignature": "false"}}""".replace("ALIAS", alias).replace("CLIENT", CLIENT).replace("BASE", address()));
    }

    /** {@return the tokens of the person, who is signed in upstream and comes back at once} */
    public Tokens signIn(LoginFlow login, Page authorizationRequest) {
        return login.finish(login.browser().open(approved(authorizationRequest)));
    }

    /** {@return where the person, who is signed in upstream, comes back to} */
    public URI approved(Page authorizationRequest) {
        return approved(authorizationRequest, name);
    }

    /** {@return where a person comes back to} */
    public URI approved(Page authorizationRequest, String person) {
        var query = authorizationRequest.redirect().orElseThrow().getRawQuery();
        // The code tells the token endpoint what the token has to hold.
        var callback =
                Form.of("state", parameter(query, "state")).and("code", person + BETWEEN + parameter(query, "nonce"));
        return URI.create(parameter(query, "redirect_uri") + "?" + callback.encoded());
    }

    private static String parameter(String query, String name) {
        var found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
        if (!found.find()) {
            throw new AssertionError("No " + name + " in " + query);
        }
        return URLDecoder.decode(found.group(1), StandardCharsets.UTF_8);
    }

    private String idToken(String code) {
        var person = code.substring(0, code.indexOf(BETWEEN));
        var nonce = code.substring(person.length() + BETWEEN.length());
        var now = Instant.now().getEpochSecond();
        return encoded("{\"alg\": \"RS256\"}") + "."
                + encoded("""
                        {"iss": "%s", "sub": "%s", "aud": "%s", "iat": %d, "exp": %d, "nonce": "%s",
                         "email": "%s@example.org", "given_name": "First", "family_name": "Last", "city": "Bern"}""".formatted(address(), person, CLIENT, now, now + 60, nonce, person))
                + "." + encoded("not signed");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
