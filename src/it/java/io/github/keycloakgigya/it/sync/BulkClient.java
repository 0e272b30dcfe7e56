package io.github.keycloakgigya.it.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes accounts in bulk inside the server.
 *
 * @param realm whose user federation writes
 * @param way {@code entities}, {@code model} or {@code chosen}
 */
public record BulkClient(GigyaRealm realm, String way) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** {@return an active account with a verified address, which Gigya describes just now} */
    public static ObjectNode account(String uid, String email) {
        var account = JsonNodeFactory.instance.objectNode();
        account.put("uid", uid).put("username", email).put("email", email).put("emailVerified", true);
        account.put("readAt", Instant.now().toEpochMilli());
        set(account, "firstName", "First");
        set(account, "lastName", "Last");
        return account;
    }

    /** {@return the account with these values of an attribute} */
    static ObjectNode set(ObjectNode account, String attribute, String... values) {
        var list = account.withObject("/attributes").putArray(attribute);
        List.of(values).forEach(list::add);
        return account;
    }

    public Result write(JsonNode... accounts) {
        return Result.of(post("write", list(accounts)));
    }

    public Result preview(JsonNode... accounts) {
        return Result.of(post("preview", list(accounts)));
    }

    public JsonNode post(String operation, JsonNode body) {
        var request = HttpRequest.newBuilder(URI.create(realm.address() + "/bulk-for-tests/" + way + "/" + operation))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("The server answered " + answer.statusCode() + ": " + answer.body());
            }
            return Json.parse(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode list(JsonNode... accounts) {
        return JsonNodeFactory.instance.arrayNode().addAll(List.of(accounts));
    }

    /** {@return everything that the database holds of a user, by table} */
    JsonNode rows(String userId) {
        return post("rows", JsonNodeFactory.instance.objectNode().put("id", userId));
    }

    /**
     * What became of the accounts.
     *
     * @param reasons by the UID of an account that could not be written
     */
    public record Result(int added, int updated, int unchanged, Map<String, String> reasons) {

        public static Result of(JsonNode answer) {
            var reasons = new TreeMap<String, String>();
            answer.path("failed")
                    .forEach(failure -> reasons.put(
                            failure.path("uid").asText(), failure.path("reason").asText()));
            return new Result(
                    answer.path("added").asInt(),
                    answer.path("updated").asInt(),
                    answer.path("unchanged").asInt(),
                    reasons);
        }

        public static Result added(int added) {
            return new Result(added, 0, 0, Map.of());
        }

        static Result updated(int updated) {
            return new Result(0, updated, 0, Map.of());
        }

        public static Result unchanged(int unchanged) {
            return new Result(0, 0, unchanged, Map.of());
        }
    }
}
