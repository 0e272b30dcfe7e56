package io.github.keycloakgigya.webhook;

import static io.github.keycloakgigya.webhook.Messages.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.fuzz.ForeignTexts;
import io.github.keycloakgigya.fuzz.Growth;
import io.github.keycloakgigya.monitoring.Meters;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import io.github.keycloakgigya.token.GigyaTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a message's place is read or refused, in bounds. */
class MessageFuzzTest {

    private static List<String> bodies() {
        return List.of(
                text(Messages.of(event("accountUpdated", "uid_ann"), event("accountMerged", "uid_ann", "uid_eve"))),
                text(Messages.of("{\"type\":\"accountUpdated\",\"id\":1,\"timestamp\":1e3,\"data\":[{\"uid\":{}}]}")));
    }

    @Test
    void a_body_is_read_or_refused_and_tells_only_usable_uids() {
        ForeignTexts.readAll(
                bodies(),
                body -> {
                    var hints = MessageParser.parse(body.getBytes(StandardCharsets.UTF_8));
                    assertThat(hints).hasSizeLessThanOrEqualTo(MessageParser.MOST_EVENTS);
                    assertThat(Errand.of(hints, Instant.now()))
                            .allMatch(errand -> Uid.of(errand.uid().value()).isPresent());
                },
                RefusedMessageException.class);
    }

    @Test
    void packed_bytes_are_unpacked_or_refused() {
        var packed = new String(Messages.packed(Messages.updates(3)), StandardCharsets.ISO_8859_1);
        var meters = new Meters(new SimpleMeterRegistry(), Clock.systemUTC(), "test").webhooks();
        var seats = new MessageSeats(Clock.systemUTC(), Duration.ofSeconds(10));
        ForeignTexts.readAll(
                List.of(packed),
                text -> {
                    var body = text.getBytes(StandardCharsets.ISO_8859_1);
                    var token = tokenOf(body);
                    try (var seat = seats.take("key", "federation", token).orElseThrow()) {
                        new MessageBody(token, meters, seat).read(new ByteArrayInputStream(body));
                    }
                },
                RefusedMessageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "\"a\",", "{},", "{\"type\":\"x\"},", "9", " "})
    void a_longer_body_takes_no_more_than_its_share_of_the_time(String part) {
        Growth.isLinear(
                length -> "{\"events\":[{\"data\":[" + part.repeat(length / part.length()) + "0]}]}",
                body -> MessageParser.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static VerifiedToken tokenOf(byte[] body) {
        var digest = Base64.getUrlEncoder().withoutPadding().encodeToString(GigyaTokens.sha256(body));
        return new VerifiedToken(digest, Instant.EPOCH, Instant.MAX, Map.of(), "fingerprint");
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
