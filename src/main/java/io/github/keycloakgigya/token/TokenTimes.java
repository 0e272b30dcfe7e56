package io.github.keycloakgigya.token;

import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * When a token was made, begins and runs out, in whole seconds (RFC 7519, section 4.1.4 to 4.1.6).
 *
 * @param issuedAt when it was made
 * @param notBefore when it begins; Gigya leaves it out, which means when it was made
 * @param expiresAt when it runs out
 */
record TokenTimes(Instant issuedAt, Instant notBefore, Instant expiresAt) {

    /** How far two clocks may differ, both ways: what Gigya itself allows a request's timestamp. */
    static final Duration SKEW = Duration.ofSeconds(120);

    // The year 9999: above it, arithmetic on instants would overflow sooner or later.
    private static final long LAST_SECOND = 253_402_300_799L;

    static TokenTimes of(Map<String, Object> claims) throws TokenRefusedException {
        var issuedAt = seconds(claims.get("iat"));
        var notBefore = claims.containsKey("nbf") ? seconds(claims.get("nbf")) : issuedAt;
        var times = new TokenTimes(issuedAt, notBefore, seconds(claims.get("exp")));
        if (!times.expiresAt.isAfter(times.issuedAt)) {
            throw new TokenRefusedException(TokenRule.TIMES);
        }
        return times;
    }

    private static Instant seconds(Object claim) throws TokenRefusedException {
        if (claim instanceof Integer || claim instanceof Long) {
            long seconds = ((Number) claim).longValue();
            if (seconds >= 0 && seconds <= LAST_SECOND) {
                return Instant.ofEpochSecond(seconds);
            }
        }
        throw new TokenRefusedException(TokenRule.TIMES);
    }

    void check(Instant now, Duration maxAge) throws TokenRefusedException {
        checkAge(issuedAt, now, maxAge);
        if (notBefore.isAfter(now.plus(SKEW))) {
            throw new TokenRefusedException(TokenRule.FROM_THE_FUTURE);
        }
    }

    void requireUnexpired(Instant now) throws TokenRefusedException {
        if (now.isAfter(expiresAt.plus(SKEW))) {
            throw new TokenRefusedException(TokenRule.EXPIRED);
        }
    }

    /** Refuses what was made in the future or too long ago. */
    static void checkAge(Instant madeAt, Instant now, Duration maxAge) throws TokenRefusedException {
        if (madeAt.isAfter(now.plus(SKEW))) {
            throw new TokenRefusedException(TokenRule.FROM_THE_FUTURE);
        }
        if (Duration.between(madeAt, now).compareTo(maxAge.plus(SKEW)) > 0) {
            throw new TokenRefusedException(TokenRule.TOO_OLD);
        }
    }
}
