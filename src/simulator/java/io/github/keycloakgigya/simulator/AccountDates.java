package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** When things happened to an account, and how the API tells it. Immutable, and small: a site may have many. */
final class AccountDates {

    private static final String TIMESTAMP = "Timestamp";
    private static final List<String> NAMES =
            List.of("created", "lastUpdated", "oldestDataUpdated", "registered", "verified", "lastLogin");

    /** One to three digits of a second, as recorded. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MILLI_OF_SECOND, 1, 3, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Timestamps that login answers give in seconds, and that are cut to the second elsewhere. */
    private static final Set<String> WHOLE_SECONDS = Set.of("created", "registered", "lastLogin");

    /** By the place in {@link #NAMES}; 0 for what did not happen. */
    private final long[] millis;

    private AccountDates(long[] millis) {
        this.millis = millis;
    }

    /** What a {@code …Timestamp} counts. */
    enum Unit {
        /** As login, register and finalizeRegistration answer. */
        LOGIN_ANSWER,
        /** As getAccountInfo answers. */
        MILLISECONDS
    }

    /** {@return the dates of an account that is made at this moment} */
    static AccountDates first(Instant moment, boolean registered, boolean verified) {
        var first = new AccountDates(new long[0]).with(moment, "created", "lastUpdated", "oldestDataUpdated");
        first = registered ? first.with(moment, "registered") : first;
        return verified ? first.with(moment, "verified") : first;
    }

    /** {@return these dates, with some of another moment} */
    AccountDates with(Instant moment, String... names) {
        var changed = Arrays.copyOf(millis, NAMES.size());
        for (var name : names) {
            changed[NAMES.indexOf(name)] = moment.toEpochMilli();
        }
        return new AccountDates(changed);
    }

    /** {@return whether this is the name of a timestamp, {@code createdTimestamp} say} */
    static boolean isTimestamp(String name) {
        return name.endsWith(TIMESTAMP) && NAMES.contains(dateOf(name));
    }

    /** {@return a timestamp in milliseconds; empty where the thing did not happen} */
    OptionalLong timestamp(String name) {
        var date = dateOf(name);
        long moment = millis[NAMES.indexOf(date)];
        return moment == 0 ? OptionalLong.empty() : OptionalLong.of(timestamp(date, moment, Unit.MILLISECONDS));
    }

    private static String dateOf(String timestampName) {
        return timestampName.substring(0, timestampName.length() - TIMESTAMP.length());
    }

    /** {@return a moment as the API writes it} */
    static String text(Instant moment) {
        return ISO.format(moment);
    }

    void writeTo(ObjectNode answer, Unit unit) {
        for (int i = 0; i < millis.length; i++) {
            if (millis[i] != 0) {
                var name = NAMES.get(i);
                answer.put(name, text(Instant.ofEpochMilli(millis[i])));
                answer.put(name + TIMESTAMP, timestamp(name, millis[i], unit));
            }
        }
    }

    private static long timestamp(String name, long moment, Unit unit) {
        if (!WHOLE_SECONDS.contains(name)) {
            return moment;
        }
        long seconds = Math.floorDiv(moment, 1000L);
        return unit == Unit.LOGIN_ANSWER ? seconds : seconds * 1000;
    }
}
