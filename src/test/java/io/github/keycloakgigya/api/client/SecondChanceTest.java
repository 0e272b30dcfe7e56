package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.FailureKind.MISCONFIGURED;
import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.client.ApiCalls.ServerClock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondChanceTest extends AtLocalServer {

    private static final Behaviour ACCOUNT = Behaviour.json("{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true}");
    private static final LoginRequest LOGIN = new LoginRequest("a", "b", Optional.empty());

    private final ServerClock clock = new ServerClock();
    private final GigyaClient client = clients.of(server.site(), Clients.SIGNED, clock, Clients.LIMITS);

    @ParameterizedTest
    @ValueSource(longs = {-10_000, -300, 300, 10_000})
    void a_wrong_clock_is_corrected_from_the_answer(long secondsAhead) throws GigyaException {
        var serverTime = Instant.now().plusSeconds(secondsAhead);
        server.does(Behaviour.errorAt(403002, serverTime), ACCOUNT);

        client.getAccountInfo(new Uid("uid-1"));

        assertThat(server.requests()).hasSize(2);
        assertThat(timestampOf(1)).isBetween(serverTime.minusSeconds(2), serverTime.plusSeconds(10));
        assertThat(server.requests().get(1).form("nonce"))
                .isNotEqualTo(server.requests().get(0).form("nonce"));
        assertThat(clock.now()).isBetween(serverTime.minusSeconds(2), serverTime.plusSeconds(10));
    }

    @Test
    void the_next_client_of_the_domain_knows_the_time_already() throws GigyaException {
        var serverTime = Instant.now().plusSeconds(300);
        server.does(Behaviour.errorAt(403002, serverTime), ACCOUNT);
        client.getAccountInfo(new Uid("uid-1"));

        clients.of(server.site(), Clients.SIGNED, clock, Clients.LIMITS).getAccountInfo(new Uid("uid-1"));

        assertThat(server.requests()).hasSize(3);
        assertThat(timestampOf(2)).isAfter(serverTime.minusSeconds(2));
    }

    @Test
    void a_clock_that_stays_wrong_gets_no_third_attempt() {
        server.does(
                Behaviour.errorAt(403002, Instant.now().plusSeconds(300)),
                Behaviour.errorAt(403002, Instant.now().plusSeconds(900)),
                ACCOUNT);

        var failure = failureOf(() -> client.getAccountInfo(new Uid("uid-1")));

        assertThat(failure.kind()).isEqualTo(MISCONFIGURED);
        assertThat(failure).hasMessageContaining("clock");
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 30, -30, 100_000_000, -100_000_000})
    void a_date_that_explains_nothing_gets_no_second_attempt(long secondsAhead) {
        server.does(Behaviour.errorAt(403002, Instant.now().plusSeconds(secondsAhead)), ACCOUNT);

        assertThat(failureOf(() -> client.getAccountInfo(new Uid("uid-1"))).errorCode())
                .hasValue(403002);
        assertThat(server.requests()).hasSize(1);
        assertThat(clock.now())
                .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(5));
    }

    @Test
    void an_answer_without_date_gets_no_second_attempt() {
        server.does(Behaviour.error(403002), ACCOUNT);

        assertThat(failureOf(() -> client.getAccountInfo(new Uid("uid-1"))).errorCode())
                .hasValue(403002);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_date_in_an_answer_that_is_no_clock_refusal_teaches_nothing() {
        server.does(Behaviour.errorAt(403003, Instant.now().plusSeconds(300)), ACCOUNT);

        assertThat(failureOf(() -> client.getAccountInfo(new Uid("uid-1"))).errorCode())
                .hasValue(403003);
        assertThat(clock.now()).isBefore(Instant.now().plusSeconds(5));
    }

    @Test
    void a_bearer_token_refused_for_its_time_is_made_anew() throws GigyaException {
        var bearer = RequestAuthorization.bearer("AKey", RsaKeyPemTest.KEYS.getPrivate());
        server.does(Behaviour.errorAt(400008, Instant.now().plusSeconds(300)), ACCOUNT);

        clients.of(server.site(), bearer, clock, Clients.LIMITS).getAccountInfo(new Uid("uid-1"));

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void a_nonce_used_before_is_replaced_once() throws GigyaException {
        server.does(Behaviour.error(403004), ACCOUNT);
        client.getAccountInfo(new Uid("uid-1"));

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1).form("nonce"))
                .isNotEqualTo(server.requests().get(0).form("nonce"));
    }

    @Test
    void a_second_duplicate_nonce_is_a_failure() {
        server.does(Behaviour.error(403004), Behaviour.error(403004), ACCOUNT);

        assertThat(failureOf(() -> client.getAccountInfo(new Uid("uid-1"))).kind())
                .isEqualTo(UNAVAILABLE);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void a_login_refused_before_it_was_looked_at_is_signed_anew() throws GigyaException {
        server.does(
                Behaviour.errorAt(403002, Instant.now().plusSeconds(300)),
                Behaviour.error(403004),
                Behaviour.json("{\"errorCode\":0,\"UID\":\"uid-1\"}"));

        assertThat(client.login(LOGIN)).isEqualTo(new Uid("uid-1"));
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void a_read_survives_a_connection_that_the_server_has_just_dropped() throws GigyaException {
        server.does(ACCOUNT, Behaviour.hangUp(), ACCOUNT);
        client.getAccountInfo(new Uid("uid-1"));

        client.getAccountInfo(new Uid("uid-1"));

        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void a_read_that_is_dropped_twice_is_a_failure() {
        server.does(Behaviour.hangUp(), Behaviour.hangUp(), ACCOUNT);

        assertThat(failureOf(() -> client.getAccountInfo(new Uid("uid-1"))).kind())
                .isEqualTo(UNAVAILABLE);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void a_login_is_never_sent_twice_over_a_dropped_connection() {
        server.does(Behaviour.hangUp(), Behaviour.json("{\"errorCode\":0,\"UID\":\"uid-1\"}"));

        assertThat(failureOf(() -> client.login(LOGIN)).kind()).isEqualTo(UNAVAILABLE);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403042, 403048, 500001, 504002, 401020})
    void a_login_is_never_sent_twice_after_a_refusal(int code) {
        server.does(Behaviour.error(code), Behaviour.json("{\"errorCode\":0,\"UID\":\"uid-1\"}"));

        assertThat(failureOf(() -> client.login(LOGIN)).errorCode()).hasValue(code);
        assertThat(server.requests()).hasSize(1);
    }

    private Instant timestampOf(int request) {
        return Instant.ofEpochSecond(
                Long.parseLong(server.requests().get(request).form("timestamp")));
    }
}
