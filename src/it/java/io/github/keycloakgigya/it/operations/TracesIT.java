package io.github.keycloakgigya.it.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SpanCollector;
import io.github.keycloakgigya.it.Watched;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** An operator follows a request through Keycloak's traces. */
@OnlyInFullBuild
class TracesIT extends AtWatchedServer {

    private final SpanCollector spans = SpanCollector.shared();

    TracesIT(@Watched KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @Test
    void a_call_that_failed_is_found_by_the_id_that_the_event_quotes() {
        spans.forget();
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            var address = "traced@example.com";
            var account = realm.site().add(Account.builder().verifiedEmail(address));
            simulator.faults().on("accounts.getJWT", Fault.errorCode(500001, Map.of("errorDetails", address)));
            var visitor = realm.visit();
            var proof = realm.proofOf(account, visitor.audience());

            var callId = FailedSignIn.of(realm, visitor, proof)
                    .quotes(OptionalInt.of(500001))
                    .event()
                    .at("/details/gigya_call_id")
                    .asText();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(spans.text())
                            .contains(callId, "Gigya accounts.getJWT")
                            .contains("gigya.call_id", "gigya.error_code", "gigya.outcome"));
            // The UID is in Keycloak's own spans, as a detail of its events.
            assertThat(spans.text()).doesNotContain(address, proof, realm.site().partnerSecret());
        }
    }

    @Test
    void gigya_is_told_the_id_of_the_trace_and_nothing_else_of_it() {
        try (var realm = GigyaRealm.create(keycloak, simulator)) {
            realm.signIn(realm.site().add(Account.builder().verifiedEmail("followed@example.com")));

            var headers = simulator.calls().lastOf("accounts.getJWT").headers();

            assertThat(headers.get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            assertThat(headers).doesNotContainKeys("tracestate", "baggage");
        }
    }
}
