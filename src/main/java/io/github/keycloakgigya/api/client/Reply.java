package io.github.keycloakgigya.api.client;

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
}
