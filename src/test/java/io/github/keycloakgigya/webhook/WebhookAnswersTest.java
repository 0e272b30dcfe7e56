package io.github.keycloakgigya.webhook;

import static io.github.keycloakgigya.webhook.Messages.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome;
import io.github.keycloakgigya.token.GigyaKey;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import io.github.keycloakgigya.token.GigyaTokens;
import io.github.keycloakgigya.token.SettableClock;
import io.github.keycloakgigya.webhook.MessageSeats.MessageSeat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the address of a webhook answers, above all to who means no good. */
class WebhookAnswersTest {

    private static final byte[] DELETED = Messages.of(event("accountDeleted", "uid_ann"));

    private final HookedShop hooked =
            new HookedShop(Map.of("missingAccountPolicy", "delete", "webhookImports", "true"));

    @Test
    void a_message_is_done_where_its_token_names_the_body_in_any_of_four_ways() {
        var hex = HexFormat.of().formatHex(GigyaTokens.sha256(DELETED));
        var packed = Messages.packed(DELETED);
        var packedHex = HexFormat.of().formatHex(GigyaTokens.sha256(packed));

        assertThat(hooked.send(DELETED)).isEqualTo(204);
        assertThat(hooked.send(InMemoryGigya.messageToken(DELETED).with("sub", hex), DELETED))
                .isEqualTo(204);
        assertThat(hooked.send(packed)).isEqualTo(204);
        assertThat(hooked.send(InMemoryGigya.messageToken(DELETED), packed)).isEqualTo(204);
        assertThat(hooked.send(InMemoryGigya.messageToken(DELETED).with("sub", packedHex), packed))
                .isEqualTo(204);
        assertThat(signatures("base64url", "received")).isEqualTo(2);
        assertThat(signatures("hex", "received")).isEqualTo(2);
        assertThat(signatures("base64url", "unpacked")).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_hostile_message_changes_nothing(String what, List<String> tokens, byte[] body, int status) {
        signIn();
        hooked.gigya().delete("uid_ann");

        assertThat(hooked.answer(tokens, new ByteArrayInputStream(body)).getStatus())
                .isEqualTo(status);
        assertThat(hooked.shop().keycloak().users().all()).hasSize(1);
        assertThat(hooked.gigya().calls()).isEmpty();
    }

    static Stream<Arguments> a_hostile_message_changes_nothing() {
        var good = InMemoryGigya.messageToken(DELETED);
        var other = Messages.of(event("accountDeleted", "uid_ben"));
        var stranger = GigyaKey.of("stranger");
        var long500 = Messages.updates(501);
        var huge = Messages.of(event("accountDeleted", "uid_ann"), "\"" + "a".repeat(1 << 20) + "\"");
        return Stream.of(
                hostile("without a token", List.of(), DELETED, 401),
                hostile("with two tokens", List.of(good.signed(), good.signed()), DELETED, 401),
                hostile("with an empty token", List.of(""), DELETED, 401),
                hostile("with an HMAC of version 1.x", List.of("LHvk8hYCaaauV1gCBPm0m7YgSNo="), DELETED, 401),
                hostile("unsigned", good.withHeader("alg", "none"), DELETED, 401),
                hostile("signed with a stranger's key", List.of(good.signedBy(stranger)), DELETED, 401),
                hostile(
                        "naming a stranger's key",
                        GigyaTokens.webhook(stranger, InMemoryGigya.API_KEY, DELETED, Instant.now()),
                        DELETED,
                        401),
                hostile("of another site", good.with("iss", "https://fidm.gigya.com/jwt/3_other/"), DELETED, 401),
                hostile("of 25 hours ago", at(Instant.now().minusSeconds(90_000)), DELETED, 401),
                hostile("of tomorrow", at(Instant.now().plusSeconds(86_400)), DELETED, 401),
                hostile("with the token of another body", InMemoryGigya.messageToken(other), DELETED, 401),
                hostile("with one byte more", good, join(DELETED, " "), 401),
                hostile("with one byte less", good, DELETED.length - 1, 401),
                hostile(
                        "packed, with the token of another body",
                        InMemoryGigya.messageToken(other),
                        Messages.packed(DELETED),
                        401),
                hostile(
                        "with a sign-in's token",
                        List.of(InMemoryGigya.signInToken("uid_ann").signed()),
                        DELETED,
                        401),
                hostile(
                        "with an answer of getJWT",
                        List.of(InMemoryGigya.accountToken("uid_ann").signed()),
                        DELETED,
                        401),
                hostile("with nothing in it", good, new byte[0], 401),
                hostile("with a packed body that is cut off", good, 0, 401),
                hostile("of a megabyte and more", InMemoryGigya.messageToken(huge), huge, 413),
                hostile("that is a bomb", InMemoryGigya.messageToken(Messages.bomb(64)), Messages.bomb(64), 413),
                hostile("that is somebody's bomb", good, Messages.bomb(64), 413),
                hostile("of 501 events", InMemoryGigya.messageToken(long500), long500, 413),
                signed("that is no JSON", "accountDeleted uid_ann", 400),
                signed("that is a list", "[]", 400),
                signed("without events", "{\"nonce\":\"1\"}", 400),
                signed("whose events are no list", "{\"events\":{}}", 400),
                signed("whose events are no objects", "{\"events\":[1]}", 400),
                signed("that says a thing twice", "{\"events\":[],\"events\":[]}", 400),
                signed("with something behind it", "{\"events\":[]} {}", 400),
                signed("that is very deep", "{\"events\":[{\"data\":" + "[".repeat(5_000) + "]}", 400),
                signed(
                        "in UTF-16",
                        new String("{\"events\":[]}".getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1),
                        400));
    }

    private static Arguments hostile(String what, List<String> tokens, byte[] body, int status) {
        return arguments(what, tokens, body, status);
    }

    private static Arguments hostile(String what, GigyaTokens token, byte[] body, int status) {
        return hostile(what, List.of(token.signed()), body, status);
    }

    private static Arguments hostile(String what, GigyaTokens token, int length, int status) {
        var cut = java.util.Arrays.copyOf(length == 0 ? Messages.packed(DELETED) : DELETED, length == 0 ? 20 : length);
        return hostile(what, token, cut, status);
    }

    private static Arguments signed(String what, String body, int status) {
        var bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return hostile(what, InMemoryGigya.messageToken(bytes), bytes, status);
    }

    private static GigyaTokens at(Instant made) {
        return InMemoryGigya.messageToken(DELETED)
                .with("iat", made.getEpochSecond())
                .with("exp", made.getEpochSecond() + 60);
    }

    private static byte[] join(byte[] body, String more) {
        return (new String(body, StandardCharsets.UTF_8) + more).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_body_of_a_message_without_a_good_token_is_not_even_read() {
        var unread = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new AssertionError("it is read");
            }
        };

        assertThat(hooked.answer(List.of("a.b.c"), unread).getStatus()).isEqualTo(401);
        assertThat(hooked.answer(List.of(InMemoryGigya.signInToken("uid_ann").signed()), unread)
                        .getStatus())
                .isEqualTo(401);
    }

    @Test
    void an_endless_body_is_read_no_further_than_the_bound() {
        var read = new AtomicLong();
        var endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return ' ';
            }
        };

        assertThat(hooked.answer(List.of(InMemoryGigya.messageToken(DELETED).signed()), endless)
                        .getStatus())
                .isEqualTo(413);
        assertThat(read).hasValueLessThan((1 << 20) + 10_000);
    }

    @Test
    void nobody_learns_whether_there_is_such_a_federation_or_one_that_takes_no_messages() {
        var shop = hooked.shop();
        var component = shop.realm().getComponent(Shop.FEDERATION);
        shop.keycloak().federation("of-another-kind", "ldap", Map.of("webhooks", "true"));
        var token = List.of(InMemoryGigya.messageToken(DELETED).signed());
        var statuses = new ArrayList<Integer>();

        statuses.add(status("no-such-federation", token));
        statuses.add(status("of-another-kind", token));
        for (var off : List.of("false", "yes", "")) {
            component.put("webhooks", off);
            statuses.add(status(Shop.FEDERATION, token));
        }
        component.put("webhooks", "true");
        component.put("enabled", "false");
        statuses.add(status(Shop.FEDERATION, token));
        component.put("enabled", "true");
        shop.realm().setEnabled(false);
        statuses.add(status(Shop.FEDERATION, token));
        shop.realm().setEnabled(true);

        assertThat(statuses).containsOnly(404);
        assertThat(status(Shop.FEDERATION, token)).isEqualTo(204);
    }

    private int status(String id, List<String> token) {
        return hooked.answer(id, token, new ByteArrayInputStream(DELETED)).getStatus();
    }

    @Test
    void gigya_is_to_send_again_what_could_not_be_done_now() {
        signIn();
        for (var trouble : List.of(FailureKind.UNAVAILABLE, FailureKind.MISCONFIGURED)) {
            hooked.gigya().fail("getAccountInfo", trouble);
            var answer = hooked.answer(
                    List.of(InMemoryGigya.messageToken(DELETED).signed()), new ByteArrayInputStream(DELETED));

            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("30");
        }
        assertThat(hooked.shop().keycloak().users().all()).hasSize(1);
        assertThat(hooked.status().messages()).contains(Map.entry("unavailable", 1L), Map.entry("misconfigured", 1L));
    }

    @Test
    void gigya_is_to_send_again_what_came_while_the_node_has_as_many_messages_as_it_works_on() {
        var seats = new ArrayList<MessageSeat>();
        for (int seat = 0; seat < MessageSeats.MOST; seat++) {
            seats.add(seatOf("site " + seat, seat).orElseThrow());
        }
        assertThat(hooked.send(DELETED)).isEqualTo(503);

        seats.get(0).close();
        assertThat(hooked.send(DELETED)).isEqualTo(204);
    }

    @Test
    void messages_of_one_site_leave_seats_to_the_others() {
        var seats = new ArrayList<MessageSeat>();
        for (int seat = 0; seat < MessageSeats.MOST_OF_ONE_SITE; seat++) {
            seats.add(seatOf(InMemoryGigya.API_KEY, seat).orElseThrow());
        }
        assertThat(hooked.send(DELETED)).isEqualTo(503);
        assertThat(seatOf("another site", 0)).isPresent();

        seats.get(0).close();
        assertThat(hooked.send(DELETED)).isEqualTo(204);
    }

    private Optional<MessageSeat> seatOf(String apiKey, int token) {
        return seatOf(hooked, apiKey, token);
    }

    private static Optional<MessageSeat> seatOf(HookedShop hooked, String apiKey, int token) {
        var fingerprint = apiKey + " " + token;
        return hooked.node()
                .seats()
                .take(
                        apiKey,
                        "some federation",
                        new VerifiedToken("digest", Instant.EPOCH, Instant.MAX, Map.of(), fingerprint));
    }

    @Test
    void a_message_that_is_worked_on_already_takes_no_second_seat() {
        var token = List.of(InMemoryGigya.messageToken(DELETED).signed());
        var second = new AtomicInteger();
        var body = new ByteArrayInputStream(DELETED) {
            @Override
            public int read(byte[] into, int offset, int length) {
                if (second.get() == 0) {
                    second.set(hooked.answer(token, new ByteArrayInputStream(DELETED))
                            .getStatus());
                }
                return super.read(into, offset, length);
            }
        };

        assertThat(hooked.answer(token, body).getStatus()).isEqualTo(204);
        assertThat(second).hasValue(503);
        assertThat(hooked.answer(token, new ByteArrayInputStream(DELETED)).getStatus())
                .isEqualTo(204);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slowBodies")
    void a_body_that_takes_too_long_is_given_up_and_leaves_its_seat(String what, InputStream body) {
        var slow = new HookedShop(Map.of(), Clock.systemUTC(), Duration.ofMillis(20));
        var token = List.of(InMemoryGigya.messageToken(DELETED).signed());

        for (int message = 0; message <= MessageSeats.MOST; message++) {
            var answer = slow.answer(token, body);
            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeaderString("Retry-After")).isNotNull();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(slow.send(DELETED)).isEqualTo(204);
        assertThat(slow.status().messages()).containsEntry("busy", (long) MessageSeats.MOST + 1);
    }

    static Stream<Arguments> slowBodies() {
        return Stream.of(
                arguments("one on which nothing comes", new SlowBody(Duration.ofDays(1))),
                arguments("one that trickles in", new SlowBody(Duration.ofMillis(1))));
    }

    @Test
    void a_message_takes_the_seat_of_a_body_that_is_slow_to_arrive() throws Exception {
        var clock = new SettableClock(Instant.now());
        var shop = new HookedShop(Map.of(), clock);
        var silent = new ArrayList<SilentConnection>();
        try {
            for (int seat = 0; seat < MessageSeats.MOST_OF_ONE_SITE; seat++) {
                silent.add(new SilentConnection(shop.node().seats(), seat));
            }
            assertThat(shop.send(DELETED)).as("at once").isEqualTo(503);

            clock.advance(MessageSeats.GRACE);
            assertThat(shop.send(DELETED)).isEqualTo(204);

            assertThat(silent.get(0).outcome()).isEqualTo(MessageOutcome.BUSY);
            assertThat(silent.subList(1, silent.size())).noneMatch(SilentConnection::hasEnded);
        } finally {
            silent.forEach(SilentConnection::end);
        }
    }

    @Test
    void a_message_whose_body_is_there_keeps_its_seat_however_long_it_takes() throws Exception {
        var clock = new SettableClock(Instant.now());
        var shop = new HookedShop(Map.of(), clock);
        for (int seat = 0; seat < MessageSeats.MOST_OF_ONE_SITE; seat++) {
            seatOf(shop, InMemoryGigya.API_KEY, seat).orElseThrow().received(() -> DELETED);
        }
        clock.advance(Duration.ofMinutes(1));

        assertThat(shop.send(DELETED)).isEqualTo(503);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_seat_is_left_whatever_becomes_of_the_message() {
        var broken = "{".getBytes(StandardCharsets.UTF_8);
        for (int message = 0; message <= MessageSeats.MOST; message++) {
            assertThat(hooked.send(broken)).isEqualTo(400);
        }
        assertThat(hooked.send(DELETED)).isEqualTo(204);
    }

    @Test
    void accounts_are_read_within_a_budget() {
        while (hooked.node().mayRead(Shop.FEDERATION)) {
            // Uses it up.
        }
        assertThat(hooked.send(Messages.updates(500))).isEqualTo(503);
        assertThat(hooked.gigya().calls()).hasSizeLessThan(250);
        assertThat(hooked.status().messages()).containsOnly(Map.entry("busy", 1L));
    }

    @Test
    void settings_that_cannot_be_used_are_an_outage() {
        hooked.shop().realm().getComponent(Shop.FEDERATION).put("readTimeout", "soon");

        assertThat(hooked.send(DELETED)).isEqualTo(503);
    }

    @Test
    void what_came_in_is_told_by_outcome_and_type() {
        hooked.send(
                event("accountLoggedIn", "uid_ann"), event("accountUpdated", "uid_ann"), event("newType", "uid_ann"));
        hooked.answer(List.of("a.b.c"), InputStream.nullInputStream());

        assertThat(hooked.status().messages()).containsOnly(Map.entry("done", 1L), Map.entry("refused", 1L));
        assertThat(hooked.status().events())
                .containsOnly(
                        Map.entry("accountLoggedIn", 1L), Map.entry("accountUpdated", 1L), Map.entry("other", 1L));
        assertThat(hooked.status().lastMessage()).isPresent();
        assertThat(hooked.shop().counted("keycloak.gigya.webhook.messages", "outcome", "done"))
                .isEqualTo(1);
        assertThat(hooked.shop().counted("keycloak.gigya.webhook.events", "type", "other"))
                .isEqualTo(1);
    }

    private double signatures(String digest, String body) {
        return hooked.shop().counted("keycloak.gigya.webhook.signatures", "digest", digest, "body", body);
    }

    private void signIn() {
        hooked.gigya().account("uid_ann").with("profile.firstName", "Ann");
        hooked.send(event("accountCreated", "uid_ann"));
        hooked.gigya().calls().clear();
    }
}
