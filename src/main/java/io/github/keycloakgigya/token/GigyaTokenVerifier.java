package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.CompactJws.JoseHeader;
import io.github.keycloakgigya.token.CompactJws.StrictJson;
import io.github.keycloakgigya.token.TokenExpectation.TokenKind;
import io.github.keycloakgigya.token.TokenExpectation.TokenOrigin;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The one verifier of Gigya's tokens. It looks at the size, then at the form and the header, then at the signature, and
 * only then at what the token claims. Safe for use by many threads.
 *
 * <p>Only RS256 is taken, and only keys that the API domain of the site publishes. The issuer is
 * {@code https://fidm.gigya.com/jwt/<apiKey>/}, with or without the last slash, whichever data center the site is in.
 *
 * @see <a href="https://developers.gigya.com/display/GD/How+To+Validate+A+Gigya+id_token">How To Validate A Gigya
 *     id_token</a>
 */
public final class GigyaTokenVerifier {

    private final SigningKeys keys;
    private final Clock clock;

    /**
     * Makes a verifier for one site.
     *
     * @param keys the keys of the site's API domain
     * @param clock tells the time that tokens are held against
     */
    public GigyaTokenVerifier(SigningKeys keys, Clock clock) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Verifies a token.
     *
     * @param token its text as received; not null, anything else may be in it
     * @param expected what it must be
     * @return the token's content
     * @throws TokenRefusedException where it breaks a rule
     * @throws GigyaException where the signing keys are needed and can't be had, which says nothing about the token
     */
    public VerifiedToken verify(String token, TokenExpectation expected) throws TokenRefusedException, GigyaException {
        if (token.length() > expected.origin().longestToken()) {
            throw new TokenRefusedException(TokenRule.TOO_LONG);
        }
        var jws = CompactJws.parse(token);
        var keyId = JoseHeader.parse(jws.headerBytes()).keyId();
        var key = keys.find(keyId, expected.origin());
        if (key.isEmpty()) {
            throw new TokenRefusedException(TokenRule.UNKNOWN_KEY);
        }
        if (!key.get().verifies(jws)) {
            throw new TokenRefusedException(TokenRule.SIGNATURE);
        }
        var claims = new GigyaClaims(StrictJson.object(jws.payloadBytes()));
        return claims.checkedAgainst(expected, clock.instant(), jws.fingerprint());
    }

    /** The public keys that the tokens of a site are signed with. */
    @FunctionalInterface
    public interface SigningKeys {

        /**
         * Finds a key.
         *
         * @param keyId its {@code kid} in a token that is not verified yet
         * @param origin where that token comes from
         * @return empty where Gigya publishes no such key, as far as can be told
         * @throws GigyaException where it can't be told because Gigya does not answer
         */
        Optional<SigningKey> find(String keyId, TokenOrigin origin) throws GigyaException;
    }

    /** The claims of a token whose signature was found good, and the rules on them. */
    record GigyaClaims(Map<String, Object> members) {

        private static final String ISSUER_PREFIX = "https://fidm.gigya.com/jwt/";

        /** Checks all but the signature, and makes the verified token. */
        VerifiedToken checkedAgainst(TokenExpectation expected, Instant now, String fingerprint)
                throws TokenRefusedException {
            checkSite(expected.apiKeys());
            expected.kind().check(members);
            var subject = expected.kind().subject(members);
            if (expected.subject().filter(uid -> !uid.value().equals(subject)).isPresent()) {
                throw new TokenRefusedException(TokenRule.OTHER_SUBJECT);
            }
            checkAudience(expected);
            var times = TokenTimes.of(members);
            times.check(now, expected.maxAge());
            if (expected.kind().endsWithItsExpiry()) {
                times.requireUnexpired(now);
            }
            return new VerifiedToken(subject, times.issuedAt(), times.expiresAt(), members, fingerprint);
        }

        private void checkSite(Set<String> apiKeys) throws TokenRefusedException {
            for (var apiKey : apiKeys) {
                // Tokens of accounts.getJWT have the slash; sign-in tokens of 2019 had none.
                var issuer = ISSUER_PREFIX + apiKey;
                if (issuer.equals(members.get("iss")) || (issuer + "/").equals(members.get("iss"))) {
                    if (members.containsKey(TokenKind.API_KEY) && !apiKey.equals(members.get(TokenKind.API_KEY))) {
                        throw new TokenRefusedException(TokenRule.API_KEY);
                    }
                    return;
                }
            }
            throw new TokenRefusedException(TokenRule.ISSUER);
        }

        private void checkAudience(TokenExpectation expected) throws TokenRefusedException {
            var audience = members.get("aud");
            // One audience is a string or an array of one (RFC 7519, section 4.1.3).
            var good = expected.audience()
                    .map(only -> only.equals(audience) || List.of(only).equals(audience))
                    .orElseGet(() -> !members.containsKey("aud"));
            if (!good) {
                throw new TokenRefusedException(TokenRule.AUDIENCE);
            }
        }
    }

    /**
     * When a token was made, begins and runs out, in whole seconds (RFC 7519, section 4.1.4 to 4.1.6).
     *
     * @param issuedAt when it was made
     * @param notBefore when it begins; Gigya leaves it out, which means when it was made
     * @param expiresAt when it runs out
     */
    record TokenTimes(Instant issuedAt, Instant notBefore, Instant expiresAt) {

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
            if (notBefore.isAfter(now.plus(TokenExpectation.CLOCK_SKEW))) {
                throw new TokenRefusedException(TokenRule.FROM_THE_FUTURE);
            }
        }

        void requireUnexpired(Instant now) throws TokenRefusedException {
            if (now.isAfter(expiresAt.plus(TokenExpectation.CLOCK_SKEW))) {
                throw new TokenRefusedException(TokenRule.EXPIRED);
            }
        }

        /** Refuses what was made in the future or too long ago. */
        static void checkAge(Instant madeAt, Instant now, Duration maxAge) throws TokenRefusedException {
            if (madeAt.isAfter(now.plus(TokenExpectation.CLOCK_SKEW))) {
                throw new TokenRefusedException(TokenRule.FROM_THE_FUTURE);
            }
            if (Duration.between(madeAt, now).compareTo(maxAge.plus(TokenExpectation.CLOCK_SKEW)) > 0) {
                throw new TokenRefusedException(TokenRule.TOO_OLD);
            }
        }
    }

    /**
     * A token that kept every rule.
     *
     * @param subject its {@code sub}, verbatim: the UID that it is about; of a webhook's, the digest of its body
     * @param issuedAt its {@code iat}
     * @param expiresAt its {@code exp}
     * @param claims all claims with their JSON types: {@code String}, {@code Boolean}, {@code Integer}, {@code Long},
     *     {@code BigInteger}, {@code BigDecimal}, {@code List}, {@code Map}, and null for JSON's null
     * @param fingerprint base64url of the SHA-256 of its signed part, by which a second use is recognised
     */
    public record VerifiedToken(
            String subject, Instant issuedAt, Instant expiresAt, Map<String, Object> claims, String fingerprint) {

        public VerifiedToken {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(issuedAt, "issuedAt");
            Objects.requireNonNull(expiresAt, "expiresAt");
            claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
            Objects.requireNonNull(fingerprint, "fingerprint");
        }

        /** {@return the UID that it is about} Not of a webhook's, whose subject is none. */
        public Uid uid() {
            return new Uid(subject);
        }

        /** Leaves the subject and the claims out, so that no log shows them. */
        @Override
        public String toString() {
            return "VerifiedToken[issuedAt=" + issuedAt + ", expiresAt=" + expiresAt + "]";
        }
    }
}
