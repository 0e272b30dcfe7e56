package io.github.keycloakgigya.simulator;

import static io.github.keycloakgigya.simulator.SimulatorClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExchangeUidSignatureTest extends SimulatorTest {

    private static final String METHOD = "accounts.exchangeUIDSignature";

    private final Account account = site.add(Account.builder());

    @Test
    void a_fresh_signature_becomes_one_of_the_callers_own_secret() {
        var answer = assertOk(exchange(signedAgo(5)));
        var timestamp = answer.path("signatureTimestamp").asLong();
        assertThat(answer.path("UID").asText()).isEqualTo(account.uid());
        assertThat(answer.path("UIDSignature").asText()).isEqualTo(APPLICATION.signUid(account.uid(), timestamp));
        assertThat(timestamp).isCloseTo(Instant.now().getEpochSecond(), within(5L));
    }

    @Test
    void a_signature_older_than_60_seconds_has_expired() {
        assertRefused(exchange(signedAgo(65)), 400128);
        assertOk(exchange(signedAgo(50)));
    }

    @Test
    void a_signature_of_another_secret_or_for_another_uid_is_refused() {
        long now = Instant.now().getEpochSecond();
        assertRefused(exchange(parameters(APPLICATION.signUid(account.uid(), now), now)), 400006);
        assertRefused(exchange(parameters(site.signUid("another", now), now)), 400006);
        assertRefused(exchange(with(signedAgo(0), "signatureTimestamp", "soon")), 400006);
    }

    @Test
    void a_browser_may_not_exchange() {
        assertRefused(client.call(METHOD, with(signedAgo(0), "apiKey", site.apiKey())), 403007);
    }

    private JsonNode exchange(Map<String, String> parameters) {
        var all = with(parameters, "apiKey", site.apiKey(), "userKey", APPLICATION.userKey());
        return client.call(METHOD, client.sign(APPLICATION.secret(), METHOD, all));
    }

    private Map<String, String> signedAgo(int seconds) {
        long timestamp = Instant.now().minusSeconds(seconds).getEpochSecond();
        return parameters(site.signUid(account.uid(), timestamp), timestamp);
    }

    private Map<String, String> parameters(String signature, long timestamp) {
        return Map.of("UID", account.uid(), "UIDSignature", signature, "signatureTimestamp", Long.toString(timestamp));
    }
}
