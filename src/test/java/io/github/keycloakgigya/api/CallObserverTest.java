package io.github.keycloakgigya.api;

import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.CallObserver.CallOutcome;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.client.AtLocalServer;
import io.github.keycloakgigya.api.client.Behaviour;
import io.github.keycloakgigya.api.client.GigyaClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who watches calls is told of each, once, however it ends. */
class CallObserverTest extends AtLocalServer {

    private static final String ACCOUNT = "{\"errorCode\":0,\"callId\":\"call-1\",\"UID\":\"uid-1\",\"isActive\":true}";

    private final List<String> ends = new ArrayList<>();
    private final CallObserver observer = new CallObserver() {
        @Override
        public Call begins(ApiMethod method) {
            return end -> ends.add(method.fullName() + " " + end.outcome().code() + " "
                    + end.errorCode().orElse(0) + " " + end.callId().orElse("-"));
        }

        @Override
        public void withheld(ApiMethod method) {
            throw new AssertionError("a client withholds nothing");
        }
    };
    private final GigyaClient client = clients.watchedBy(observer, server.site());

    @Test
    void a_success_is_told_with_the_id_of_the_call() throws GigyaException {
        server.does(Behaviour.json(ACCOUNT));

        client.getAccountInfo(new Uid("uid-1"));

        assertThat(ends).containsExactly("accounts.getAccountInfo success 0 call-1");
    }

    @Test
    void attempts_that_the_client_repeats_are_one_call() throws GigyaException {
        server.does(Behaviour.errorAt(403002, Instant.now().plusSeconds(900)), Behaviour.json(ACCOUNT));

        client.getAccountInfo(new Uid("uid-1"));

        assertThat(server.requests()).hasSize(2);
        assertThat(ends).containsExactly("accounts.getAccountInfo success 0 call-1");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Behaviour.error(500001), "unavailable 500001 call-1"),
                Arguments.of(Behaviour.error(403048), "throttled 403048 call-1"),
                Arguments.of(Behaviour.http("503 Wait", "Retry-After: 5\r\n", "wait"), "throttled 0 -"),
                Arguments.of(Behaviour.error(403003), "misconfigured 403003 call-1"),
                Arguments.of(Behaviour.error(403041), "account_disabled 403041 call-1"),
                Arguments.of(Behaviour.error(206001), "account_incomplete 206001 call-1"),
                Arguments.of(Behaviour.error(987654), "unavailable 987654 call-1"),
                Arguments.of(Behaviour.hangUp(), "no_answer 0 -"),
                Arguments.of(Behaviour.json("<html>"), "no_answer 0 -"),
                Arguments.of(Behaviour.http("502 Bad Gateway", "", "<html>"), "no_answer 0 -"),
                Arguments.of(
                        Behaviour.json("{\"errorCode\":0,\"callId\":\"call-2\",\"UID\":\"another\"}"),
                        "unavailable 0 call-2"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_is_told_by_what_it_means_to_an_operator(Behaviour behaviour, String told) {
        server.does(behaviour);

        failureOf(() -> client.getAccountInfo(new Uid("uid-1")));

        assertThat(ends).containsExactly("accounts.getAccountInfo " + told);
    }

    @Test
    void a_call_that_may_not_begin_is_not_sent_and_is_no_call() {
        server.does(Behaviour.json(ACCOUNT));
        var refused = clients.behind(
                method -> {
                    throw GigyaException.unavailable("busy");
                },
                observer,
                server.site());

        assertThat(failureOf(() -> refused.getAccountInfo(new Uid("uid-1")))).hasMessage("busy");
        assertThat(server.requests()).isEmpty();
        assertThat(ends).isEmpty();
    }

    @Test
    void leave_for_a_call_is_given_back_when_it_has_ended_well_or_not() throws GigyaException {
        var given = new ArrayList<ApiMethod>();
        var returned = new ArrayList<Integer>();
        CallGate gate = method -> {
            given.add(method);
            return () -> returned.add(ends.size());
        };
        var admitted = clients.behind(gate, observer, server.site());
        server.does(Behaviour.json(ACCOUNT), Behaviour.error(500001));

        admitted.getAccountInfo(new Uid("uid-1"));
        failureOf(() -> admitted.getAccountInfo(new Uid("uid-1")));

        assertThat(given).containsOnly(ApiMethod.GET_ACCOUNT_INFO).hasSize(2);
        assertThat(returned).as("after each end").containsExactly(1, 2);
    }

    @Test
    void a_wrong_password_is_no_trouble_of_gigyas() {
        server.does(Behaviour.error(403042));

        failureOf(() -> client.login(new LoginRequest("a", "b", Optional.empty())));

        assertThat(ends).containsExactly("accounts.login wrong_credentials 403042 call-1");
        assertThat(CallOutcome.WRONG_CREDENTIALS.isTrouble()).isFalse();
    }

    @Test
    void each_kind_of_failure_has_an_outcome() {
        for (var kind : FailureKind.values()) {
            assertThat(CallOutcome.of(GigyaException.answered(kind, "failed", 1, "call-1")))
                    .extracting(CallOutcome::name)
                    .isEqualTo(kind.name());
        }
    }
}
