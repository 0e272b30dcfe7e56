package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FaultsTest extends SimulatorTest {

    private static final String METHOD = "accounts.getJWTPublicKey";

    @Test
    void a_delayed_answer_is_right_but_late() {
        simulator.faults().on(METHOD, Fault.delay(Duration.ofMillis(300)));
        var before = Instant.now();
        assertOk(client.call(METHOD, Map.of()));
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void a_dripping_answer_is_right_but_comes_byte_by_byte() {
        simulator.faults().on(METHOD, Fault.drip(Duration.ofMillis(1)));
        var before = Instant.now();
        assertOk(client.call(METHOD, Map.of()));
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void a_silent_service_takes_the_request_and_never_answers() {
        simulator.calls().reset();
        simulator.faults().on(METHOD, Fault.silent());
        assertThatThrownBy(this::call).isInstanceOf(HttpTimeoutException.class);
        assertThat(simulator.calls().count(METHOD)).isEqualTo(1);
        assertWorksAfterClear();
    }

    @Test
    void a_dropped_connection_brings_no_answer() {
        simulator.faults().on(METHOD, Fault.drop());
        assertThatThrownBy(this::call).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
        assertWorksAfterClear();
    }

    @Test
    void half_an_answer_ends_before_its_announced_length() {
        simulator.faults().on(METHOD, Fault.halfAnswer());
        assertThatThrownBy(this::call).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
        assertWorksAfterClear();
    }

    @Test
    void html_garbage_and_server_errors_are_no_json() throws IOException {
        simulator.faults().on(METHOD, Fault.html());
        assertThat(call()).startsWith("<!doctype html>");
        simulator.faults().on(METHOD, Fault.garbage());
        var garbage = call();
        assertThatThrownBy(() -> new ObjectMapper().readTree(garbage)).isInstanceOf(JsonProcessingException.class);
        simulator.faults().on(METHOD, Fault.httpStatus(500));
        assertThat(client.send(METHOD, Map.of()).statusCode()).isEqualTo(500);
    }

    @Test
    void error_codes_come_in_the_envelope() {
        simulator.faults().on(METHOD, Fault.throttle());
        assertRefused(client.call(METHOD, Map.of()), 403048);
        simulator.faults().on(METHOD, Fault.errorCode(301001, Map.of("apiDomain", "eu1.gigya.com")));
        var elsewhere = client.call(METHOD, Map.of());
        assertRefused(elsewhere, 301001);
        assertThat(elsewhere.path("apiDomain").asText()).isEqualTo("eu1.gigya.com");
        simulator.faults().on(METHOD, Fault.errorCode(504001));
        assertRefused(client.call(METHOD, Map.of()), 504001);
    }

    @Test
    void a_lie_stands_in_a_right_answer() {
        simulator.faults().onceOn(METHOD, Fault.lying(Map.of("kid", "another", "more", Map.of("n", 1))));
        var lie = client.call(METHOD, Map.of());
        assertOk(lie);
        assertThat(lie.path("kid").asText()).isEqualTo("another");
        assertThat(lie.at("/more/n").asInt()).isEqualTo(1);
        assertThat(client.call(METHOD, Map.of()).path("kid").asText()).isEqualTo(simulator.signingKeyId());
    }

    @Test
    void an_oversize_answer_is_as_large_as_ordered() throws IOException {
        simulator.faults().on(METHOD, Fault.oversize(3_000_000));
        var answer = client.send(METHOD, Map.of());
        assertThat(answer.body()).hasSizeGreaterThan(3_000_000);
        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    }

    @Test
    void a_redirect_points_where_it_was_told() throws IOException {
        simulator.faults().on(METHOD, Fault.redirect("https://evil.example/"));
        var answer = client.send(METHOD, Map.of());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("https://evil.example/");
    }

    @Test
    void a_fault_hits_its_own_method_or_all_or_one_call() {
        simulator.faults().on("accounts.getJWT", Fault.errorCode(500001));
        assertOk(client.call(METHOD, Map.of()));
        simulator.faults().everywhere(Fault.errorCode(500001));
        assertRefused(client.call(METHOD, Map.of()), 500001);
        simulator.faults().clear();
        simulator.faults().onceOn(METHOD, Fault.errorCode(403004));
        assertRefused(client.call(METHOD, Map.of()), 403004);
        assertOk(client.call(METHOD, Map.of()));
    }

    @Test
    void refused_connections_are_taken_again_on_the_same_port() throws IOException {
        call();
        var address = simulator.apiDomain();
        simulator.faults().refuseConnections();
        // Or one that the client still held was closed just now.
        assertThatThrownBy(this::call).isInstanceOf(IOException.class);
        assertWorksAfterClear();
        assertThat(simulator.apiDomain()).isEqualTo(address);
    }

    @Test
    void a_wrong_certificate_meets_clients_that_were_connected_before() throws IOException {
        call();
        simulator.faults().wrongCertificate();
        assertThatThrownBy(this::call).isInstanceOf(SSLHandshakeException.class);
        assertWorksAfterClear();
    }

    private String call() throws IOException {
        return client.send(METHOD, Map.of()).body();
    }

    private void assertWorksAfterClear() {
        simulator.faults().clear();
        assertOk(client.call(METHOD, Map.of()));
    }
}
