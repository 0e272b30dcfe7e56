package io.github.keycloakgigya.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Keycloak's admin REST API, as the administrator of the realm {@code master}.
 *
 * <p>Paths stand below {@code /admin/}, such as {@code realms/demo/users}.
 */
public final class AdminClient {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    // A token of admin-cli lives for 60 seconds.
    private static final Duration TOKEN_USE = Duration.ofSeconds(30);

    private final URI keycloak;
    private final Duration limit;
    private final String password;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String token = "";
    private Instant tokenEnds = Instant.MIN;

    /** @param keycloak the server's address, without a slash at the end */
    public AdminClient(URI keycloak) {
        this(keycloak, LIMIT);
    }

    /**
     * @param keycloak the server's address, without a slash at the end
     * @param limit how long an answer may take
     */
    public AdminClient(URI keycloak, Duration limit) {
        this(keycloak, limit, KeycloakServer.ADMIN);
    }

    private AdminClient(URI keycloak, Duration limit, String password) {
        this.keycloak = keycloak;
        this.limit = limit;
        this.password = password;
    }

    /** {@return the administrator of a server that has a password of its own} */
    public static AdminClient withPassword(URI keycloak, String password) {
        return new AdminClient(keycloak, LIMIT, password);
    }

    public AdminAnswer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public AdminAnswer post(String path, JsonNode body) {
        return send("POST", path, BodyPublishers.ofString(body.toString()));
    }

    /** {@return what is answered to a file} */
    public AdminAnswer postFile(String path, String contentType, String file) {
        return send("POST", path, contentType, BodyPublishers.ofString(file));
    }

    public AdminAnswer put(String path, JsonNode body) {
        return send("PUT", path, BodyPublishers.ofString(body.toString()));
    }

    public AdminAnswer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /** @param representation as in a realm file, at least {@code realm} and {@code enabled} */
    public void createRealm(JsonNode representation) {
        post("realms", representation).succeeded();
    }

    public void deleteRealm(String realm) {
        delete("realms/" + realm).succeeded();
    }

    /** {@return the id of a new component, such as a user federation} */
    public String createComponent(String realm, JsonNode representation) {
        return post("realms/" + realm + "/components", representation).createdId();
    }

    public void updateComponent(String realm, String id, JsonNode representation) {
        put("realms/" + realm + "/components/" + id, representation).succeeded();
    }

    /** {@return the components of a kind, such as {@code org.keycloak.storage.UserStorageProvider}} */
    public List<JsonNode> components(String realm, String type) {
        return list("realms/" + realm + "/components?type=" + type);
    }

    /**
     * {@return the users that match, with their attributes}
     *
     * @param query such as {@code username} and {@code exact}, or {@code q} with {@code gigya.uid:...}
     */
    public List<JsonNode> users(String realm, Map<String, String> query) {
        Form parameters = Form.empty();
        query.forEach((name, value) -> parameters.and(name, value));
        return list("realms/" + realm + "/users?briefRepresentation=false&" + parameters.encoded());
    }

    /** {@return the realm's login events with their details, the newest first} The realm must store events. */
    public List<JsonNode> events(String realm) {
        return list("realms/" + realm + "/events?max=1000");
    }

    /** {@return the realm's admin events with what administrators sent, the newest first} The realm must store them. */
    public List<JsonNode> adminEvents(String realm) {
        return list("realms/" + realm + "/admin-events?max=1000");
    }

    public void clearEvents(String realm) {
        delete("realms/" + realm + "/events").succeeded();
    }

    private List<JsonNode> list(String path) {
        return StreamSupport.stream(get(path).succeeded().body().spliterator(), false)
                .toList();
    }

    private AdminAnswer send(String method, String path, BodyPublisher body) {
        return send(method, path, "application/json", body);
    }

    private AdminAnswer send(String method, String path, String contentType, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(keycloak + "/admin/" + path))
                .timeout(limit)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", contentType)
                .method(method, body)
                .build();
        HttpResponse<String> answer = send(request);
        return new AdminAnswer(
                answer.statusCode(),
                Json.parse(answer.body()),
                answer.headers().firstValue("Location").map(URI::create));
    }

    private synchronized String token() {
        if (Instant.now().isAfter(tokenEnds)) {
            Form form = Form.of("grant_type", "password")
                    .and("client_id", "admin-cli")
                    .and("username", KeycloakServer.ADMIN)
                    .and("password", password);
            HttpResponse<String> answer =
                    send(HttpRequest.newBuilder(URI.create(keycloak + "/realms/master/protocol/openid-connect/token"))
                            .timeout(LIMIT)
                            .header("Content-Type", Form.CONTENT_TYPE)
                            .POST(BodyPublishers.ofString(form.encoded()))
                            .build());
            if (answer.statusCode() != 200) {
                throw new AssertionError(
                        "The administrator got no token: " + answer.statusCode() + " " + answer.body());
            }
            token = Json.parse(answer.body()).path("access_token").textValue();
            tokenEnds = Instant.now().plus(TOKEN_USE);
        }
        return token;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak's admin API was called.", e);
        }
    }
}
