package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** When things happened to an account, and how the API tells it. */
final class AccountDates {

    /** One to three digits of a second, as recorded. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MILLI_OF_SECOND, 1, 3, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Timestamps that login answers give in seconds, and that are cut to the second elsewhere. */
    private static final Set<String> WHOLE_SECONDS = Set.of("created", "registered", "lastLogin");

    private final Map<String, Instant> dates = new LinkedHashMap<>();

    /** What a {@code …Timestamp} counts. */
    enum Unit {
        /** As login, register and finalizeRegistration answer. */
        LOGIN_ANSWER,
        /** As getAccountInfo answers. */
        MILLISECONDS
    }

    synchronized void happened(String... names) {
        var now = Instant.now();
        for (var name : names) {
            dates.put(name, now);
        }
    }

    synchronized void writeTo(ObjectNode answer, Unit unit) {
        dates.forEach((name, date) -> {
            answer.put(name, ISO.format(date));
            answer.put(name + "Timestamp", timestamp(name, date, unit));
        });
    }

    private static long timestamp(String name, Instant date, Unit unit) {
        if (!WHOLE_SECONDS.contains(name)) {
            return date.toEpochMilli();
        }
        return unit == Unit.LOGIN_ANSWER ? date.getEpochSecond() : date.getEpochSecond() * 1000;
    }
}
