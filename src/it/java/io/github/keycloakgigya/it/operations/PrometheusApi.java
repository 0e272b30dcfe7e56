package io.github.keycloakgigya.it.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import java.net.URI;
import java.net.http.HttpRequest;

/** What a Prometheus answers. */
final class PrometheusApi {

    private final URI address;
    private final HttpBrowser browser;

    /** @param address of the server, without a slash at the end */
    PrometheusApi(URI address) {
        this.address = address;
        this.browser = HttpBrowser.of(address);
    }

    /** {@return the series that a query finds now} */
    JsonNode query(String expression) {
        return get("query?" + Form.of("query", expression).encoded()).path("result");
    }

    /** {@return every alert that is pending or firing} */
    JsonNode alerts() {
        return get("alerts").path("alerts");
    }

    private JsonNode get(String path) {
        var answer = browser.once(
                HttpRequest.newBuilder(URI.create(address + "/api/v1/" + path)).build());
        var json = Json.parse(answer.body());
        if (!json.path("status").asText().equals("success")) {
            throw new AssertionError("Prometheus refuses " + path + ": " + answer.body());
        }
        return json.path("data");
    }
}
