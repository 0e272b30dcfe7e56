package io.github.keycloakgigya.simulator;

import static io.github.keycloakgigya.simulator.SimulatorClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseFormatTest extends SimulatorTest {

    private static final String METHOD = "accounts.getJWTPublicKey";

    @Test
    void jsonp_wraps_the_answer_into_a_call_of_the_callback() throws IOException {
        var answer = client.get("/" + METHOD + "?format=jsonp&callback=gigya.callback");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(answer.body()).startsWith("gigya.callback({").endsWith("});").contains("\"errorCode\":0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert(1)", "a b", "1callback", "a.", "</script>", "a;b"})
    void a_callback_that_is_no_function_name_is_refused_as_json(String callback) throws IOException {
        var answer = client.send(METHOD, Map.of("format", "jsonp", "callback", callback));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.body()).startsWith("{").contains("400006").doesNotContain(callback);
    }

    @Test
    void jsonp_needs_a_callback_and_other_formats_are_unknown() {
        assertRefused(client.call(METHOD, Map.of("format", "jsonp")), 400002);
        assertRefused(client.call(METHOD, Map.of("format", "xml")), 400006);
        assertOk(client.call(METHOD, Map.of("format", "json", "callback", "unused")));
    }

    @Test
    void the_http_status_tells_of_an_error_only_on_demand() throws IOException {
        var unknownSite = Map.of("apiKey", "3_unknown");
        assertThat(client.send(METHOD, unknownSite).statusCode()).isEqualTo(200);
        assertThat(client.send(METHOD, with(unknownSite, "httpStatusCodes", "true"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.send(METHOD, with(unknownSite, "httpStatusCodes", "false"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.send(METHOD, Map.of("httpStatusCodes", "1")).statusCode())
                .isEqualTo(200);
        assertRefused(client.call(METHOD, Map.of("httpStatusCodes", "maybe")), 400006);
    }

    @Test
    void an_unknown_method_is_refused() {
        assertRefused(client.call("accounts.doAsIWish", Map.of("apiKey", site.apiKey())), 405001);
    }

    @Test
    void a_parameter_given_twice_is_refused() throws IOException {
        assertThat(client.get("/" + METHOD + "?V2=true&V2=false").body()).contains("400001");
    }

    @Test
    void parameters_that_the_method_does_not_take_are_named() {
        var answer = assertOk(client.call(METHOD, Map.of("colour", "blue", "V2", "true")));
        assertThat(answer.path("ignoredParams")).hasSize(1);
        assertThat(answer.path("ignoredParams").path(0).path("paramName").asText())
                .isEqualTo("colour");
        assertThat(answer.path("ignoredParams").path(0).path("warningCode").asInt())
                .isEqualTo(403007);
    }
}
