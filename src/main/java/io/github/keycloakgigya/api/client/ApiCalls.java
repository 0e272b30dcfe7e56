package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.CallObserver.CallEnd;
import io.github.keycloakgigya.api.ErrorCodes;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.client.Reply.AnswerReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Calls methods of a site: authorises each attempt anew, and tries again where that is safe and helps. */
public final class ApiCalls {

    /** Why a call is tried again. Each reason counts once a call. */
    private enum SecondChance {
        CLOCK_SKEW,
        DUPLICATE_NONCE,
        STALE_CONNECTION
    }

    private final GigyaSite site;
    private final RequestAuthorization authorization;
    private final ServerClock clock;
    private final HttpExchange exchange;
    private final CallGate gate;
    private final CallObserver observer;
    private final AnswerReader reader = new AnswerReader();

    /** Makes what is asked for of an answer of success. */
    interface Reading<T> {
        T of(Answer answer) throws GigyaException;
    }

    ApiCalls(
            GigyaSite site,
            RequestAuthorization authorization,
            ServerClock clock,
            HttpExchange exchange,
            CallGate gate,
            CallObserver observer) {
        this.site = site;
        this.authorization = authorization;
        this.clock = clock;
        this.exchange = exchange;
        this.gate = gate;
        this.observer = observer;
    }

    /**
     * {@return what an answer holds}
     *
     * @param parameters those of the method alone
     * @param reading reads an answer that tells of success, or of neither success nor failure
     */
    <T> T call(ApiMethod method, Map<String, String> parameters, Reading<T> reading) throws GigyaException {
        // Before the observer is told of a call, and before its time runs: one that is refused is none.
        var passage = gate.enter(method);
        try {
            return observed(method, parameters, reading);
        } finally {
            passage.end();
        }
    }

    private <T> T observed(ApiMethod method, Map<String, String> parameters, Reading<T> reading) throws GigyaException {
        var observed = observer.begins(method);
        var end = CallEnd.BROKEN;
        try {
            var answer = answer(method, parameters);
            var value = reading.of(answer);
            end = CallEnd.success(answer.callId());
            return value;
        } catch (GigyaException failure) {
            end = CallEnd.failure(failure);
            throw failure;
        } finally {
            observed.ended(end);
        }
    }

    private Answer answer(ApiMethod method, Map<String, String> parameters) throws GigyaException {
        var request = FormRequest.to(site.domain().endpoint(method.fullName()), parameters)
                .with("apiKey", site.apiKey())
                .with("format", "json")
                .with("httpStatusCodes", "false");
        var spent = EnumSet.noneOf(SecondChance.class);
        while (true) {
            var now = clock.now();
            var authorized = method.isAuthorized() ? authorization.authorize(request, now) : request;
            try {
                var reply = exchange.send(method, authorized);
                var answer = reader.read(method, reply);
                var chance = secondChance(answer, reply, now);
                if (chance.isEmpty() || !spent.add(chance.get())) {
                    return successOf(method, answer, reply);
                }
            } catch (IOException e) {
                if (!method.isRepeatable() || !exchange.isStale(e) || !spent.add(SecondChance.STALE_CONNECTION)) {
                    throw exchange.failure(method, e);
                }
            }
        }
    }

    private Optional<SecondChance> secondChance(Answer answer, Reply reply, Instant sent) {
        int code = answer.errorCode().orElse(0);
        if (ErrorCodes.isDuplicateNonce(code)) {
            return Optional.of(SecondChance.DUPLICATE_NONCE);
        }
        return reply.date()
                .filter(date -> ErrorCodes.mayMeanClockSkew(code) && clock.learn(sent, date))
                .map(date -> SecondChance.CLOCK_SKEW);
    }

    private Answer successOf(ApiMethod method, Answer answer, Reply reply) throws GigyaException {
        int code = answer.errorCode().orElse(0);
        if (ErrorCodes.isWrongDataCenter(code)) {
            var failure = failure(method, answer, reply, wrongDataCenter(answer));
            throw answer.suggestedDataCenter().map(failure::withDataCenter).orElse(failure);
        }
        if (!ErrorCodes.isSuccess(code)) {
            throw failure(method, answer, reply, ErrorCodes.of(code, method, answer.errorDetails()));
        }
        return answer;
    }

    private static ErrorCodes.Meaning wrongDataCenter(Answer answer) {
        var advice = answer.suggestedDataCenter()
                .map(dataCenter -> "it is in " + dataCenter.id())
                .orElse("check the data center");
        return new ErrorCodes.Meaning(FailureKind.MISCONFIGURED, "the site is in another data center; " + advice);
    }

    private static GigyaException failure(ApiMethod method, Answer answer, Reply reply, ErrorCodes.Meaning meaning) {
        int code = answer.errorCode().orElse(0);
        var callId = answer.callId();
        var message = method.fullName() + " failed: error " + code + ", " + meaning.text()
                + callId.map(id -> " (call " + id + ")").orElse("");
        var failure = GigyaException.answered(kind(meaning, reply), message, code, callId.orElse(null));
        return reply.retryAfter().map(failure::withRetryAfter).orElse(failure);
    }

    /** {@return the kind that a reply proves} Gigya answers with HTTP 200; another status is somebody else's. */
    private static FailureKind kind(ErrorCodes.Meaning meaning, Reply reply) {
        var endsSessions = meaning.kind().provesAbsence() || meaning.kind() == FailureKind.ACCOUNT_DISABLED;
        return endsSessions && !reply.isOk() ? FailureKind.UNAVAILABLE : meaning.kind();
    }

    /**
     * The time at Gigya's servers, which refuse a request whose timestamp is more than 120 seconds off. It is this
     * machine's time until an answer shows that the machine's clock is wrong.
     *
     * <p>One for each API domain of a node, shared by all calls there. Safe for use by several threads.
     */
    public static final class ServerClock {

        // Below half of what Gigya tolerates the clock can't be the reason for a refusal.
        private static final Duration SMALLEST_ERROR = Duration.ofSeconds(60);
        // Beyond that, the Date header is less likely to be right than the machine, whose clock TLS has just relied on.
        private static final Duration LARGEST_ERROR = Duration.ofDays(1);

        private final Clock clock;
        private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

        /** Starts with this machine's time. */
        public ServerClock() {
            this(Clock.systemUTC());
        }

        /** Starts with the time of the given clock. */
        public ServerClock(Clock clock) {
            this.clock = clock;
        }

        /** {@return the time at Gigya, as far as it is known} */
        public Instant now() {
            return clock.instant().plus(offset.get());
        }

        /**
         * Learns from a refusal for a wrong timestamp.
         *
         * @param sent the time that the refused request gave
         * @param serverTime the {@code Date} header of the answer
         * @return whether the two differ so much that the refusal is explained and a new attempt makes sense
         */
        boolean learn(Instant sent, Instant serverTime) {
            // Compared with what was sent, not with now(): another thread may have learnt the same in the meantime.
            var error = Duration.between(sent, serverTime).abs();
            var correction = Duration.between(clock.instant(), serverTime);
            if (error.compareTo(SMALLEST_ERROR) < 0 || correction.abs().compareTo(LARGEST_ERROR) > 0) {
                return false;
            }
            offset.set(correction);
            return true;
        }
    }
}
