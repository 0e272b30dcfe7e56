package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.http.HttpMessage;
import org.apache.http.HttpResponse;
import org.apache.http.client.utils.DateUtils;

/**
 * What came back over HTTP, read to its end and not understood yet.
 *
 * @param status the HTTP status
 * @param date the header {@code Date}
 * @param retryAfter the header {@code Retry-After}, up to an hour
 * @param body all bytes, decompressed
 */
record Reply(int status, Optional<Instant> date, Optional<Duration> retryAfter, byte[] body) {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    static Reply of(HttpResponse response, byte[] body) {
        var date = header(response, "Date").flatMap(Reply::date);
        return new Reply(
                response.getStatusLine().getStatusCode(),
                date,
                header(response, "Retry-After").flatMap(value -> retryAfter(value, date)),
                body);
    }

    boolean isOk() {
        return status == 200;
    }

    boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    private static Optional<String> header(HttpMessage message, String name) {
        return Optional.ofNullable(message.getFirstHeader(name)).map(header -> header.getValue());
    }

    private static Optional<Instant> date(String value) {
        return Optional.ofNullable(DateUtils.parseDate(value)).map(date -> date.toInstant());
    }

    /** Seconds or a date, RFC 9110 section 10.2.3. */
    private static Optional<Duration> retryAfter(String value, Optional<Instant> now) {
        var wait = value.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : date(value).map(until -> Duration.between(now.orElseGet(Instant::now), until));
        return wait.filter(duration -> !duration.isNegative() && !duration.isZero())
                .map(duration -> duration.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : duration);
    }

    /** Leaves the body out, so that no log shows it. */
    @Override
    public String toString() {
        return "Reply[status=" + status + "]";
    }

    /**
     * Reads the JSON of an answer, strictly: one object, no doubled names, nothing behind it, no deep nesting, numbers exact.
     */
    static final class AnswerReader {

        private static final int MAX_DEPTH = 32;

        private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // A field must not change because it came by a search and not in a token, whose numbers are exact too.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readerFor(JsonNode.class);

        /**
         * {@return the answer that a reply holds}
         *
         * @throws GigyaException where it is not the JSON of an answer
         */
        Answer read(ApiMethod method, Reply reply) throws GigyaException {
            if (reply.isRedirect()) {
                throw GigyaException.answered(
                        FailureKind.MISCONFIGURED,
                        method.fullName() + " was answered with a redirect (HTTP " + reply.status()
                                + "), which is never followed; check the data center and the custom API domain",
                        0,
                        null);
            }
            var answer = Answer.to(method, json(method, reply));
            if (!reply.isOk() && answer.errorCode().orElse(0) == 0) {
                throw notUnderstood(method, reply, "HTTP " + reply.status());
            }
            return answer;
        }

        private static JsonNode json(ApiMethod method, Reply reply) throws GigyaException {
            JsonNode json;
            try {
                json = READER.readValue(reply.body());
            } catch (IOException | NumberFormatException e) {
                // The cause would quote the answer. Jackson lets out what BigDecimal says of an exponent beyond its
                // range.
                throw notUnderstood(method, reply, "no JSON, HTTP " + reply.status());
            }
            if (json == null || !json.isObject()) {
                throw notUnderstood(method, reply, "no JSON object, HTTP " + reply.status());
            }
            return json;
        }

        private static GigyaException notUnderstood(ApiMethod method, Reply reply, String what) {
            var failure = GigyaException.unavailable(method.fullName() + " had no answer of Gigya's (" + what + ")");
            return reply.retryAfter().map(failure::withRetryAfter).orElse(failure);
        }
    }
}
