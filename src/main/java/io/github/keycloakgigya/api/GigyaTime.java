package io.github.keycloakgigya.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Times as Gigya writes them. */
public final class GigyaTime {

    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private GigyaTime() {}

    /**
     * {@return a time in ISO 8601, whose fraction has any number of digits; empty where it is none, or in none of the years
     * from 1970 to 9999, beyond which times can't be calculated with}
     *
     * @param text null is no time
     */
    public static Optional<Instant> of(String text) {
        try {
            return Optional.ofNullable(text)
                    .map(Instant::parse)
                    .filter(time -> !time.isBefore(Instant.EPOCH) && time.isBefore(YEAR_10000));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
