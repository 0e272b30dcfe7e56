package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Json;
import java.util.List;
import java.util.stream.StreamSupport;

/** Asks the admin resource {@code gigya/test-connection} of a realm. */
public record ConnectionTester(GigyaRealm realm) {

    /** {@return the address of the resource in the admin API} */
    public String path() {
        return "realms/" + realm.name() + "/gigya/test-connection";
    }

    /** {@return what the test found} */
    public JsonNode test(JsonNode request) {
        return post(request).succeeded().body();
    }

    public AdminAnswer post(JsonNode request) {
        var answer = realm.admin().post(path(), request);
        assertThat(answer.body().toString())
                .doesNotContain(realm.site().partnerSecret())
                .doesNotContain("Exception");
        return answer;
    }

    /** {@return the request for the settings as they are saved} */
    public JsonNode saved() {
        return Json.parse("{\"componentId\": \"" + realm.componentId() + "\"}");
    }

    /** {@return the settings as the admin console shows them} */
    public ObjectNode component() {
        return (ObjectNode) realm.admin()
                .get("realms/" + realm.name() + "/components/" + realm.componentId())
                .succeeded()
                .body();
    }

    public static void set(ObjectNode component, String setting, String value) {
        ((ObjectNode) component.get("config")).putArray(setting).add(value);
    }

    /** {@return the status of each check, in order} */
    public static List<String> statuses(JsonNode answer) {
        return StreamSupport.stream(answer.path("checks").spliterator(), false)
                .map(check -> check.path("status").asText())
                .toList();
    }

    /** {@return what all checks say} */
    public static String messages(JsonNode answer) {
        return String.join(" ", answer.path("checks").findValuesAsText("message"));
    }
}
