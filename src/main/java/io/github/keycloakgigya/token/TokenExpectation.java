package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a token must be, said by the one who receives it. Nothing has a default that lets more in.
 *
 * @param kind the kind of token
 * @param apiKeys the sites that may have issued it; at least one
 * @param subject the UID that it must be about; empty where it is to tell what it is about
 * @param audience its only audience; where empty, a token that has an audience is refused
 * @param maxAge how long ago it may have been made, whatever its {@code exp} says; 120 seconds of skew are added
 * @param origin where it comes from
 */
public record TokenExpectation(
        TokenKind kind,
        Set<String> apiKeys,
        Optional<Uid> subject,
        Optional<String> audience,
        Duration maxAge,
        TokenOrigin origin) {

    /** How far the clock of whoever made a token may differ from ours, both ways: what Gigya allows a request's timestamp. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(120);

    public TokenExpectation {
        Objects.requireNonNull(kind, "kind");
        apiKeys = Set.copyOf(apiKeys);
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(audience, "audience");
        Objects.requireNonNull(origin, "origin");
        if (apiKeys.isEmpty()) {
            throw new IllegalArgumentException("a token is expected of at least one site");
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("the maximum age is not negative");
        }
    }

    /** {@return what Gigya's own answer to {@code accounts.getJWT} must be, asked for one UID without an audience} */
    public static TokenExpectation answerAbout(Uid uid, String apiKey, Duration maxAge) {
        return new TokenExpectation(
                TokenKind.ACCOUNT, Set.of(apiKey), Optional.of(uid), Optional.empty(), maxAge, TokenOrigin.GIGYA);
    }

    /** {@return what a token must be that a browser or an app posts as proof of its user's UID} */
    public static TokenExpectation proof(TokenKind kind, Set<String> apiKeys, Duration maxAge) {
        return new TokenExpectation(kind, apiKeys, Optional.empty(), Optional.empty(), maxAge, TokenOrigin.BROWSER);
    }

    /**
     * {@return what the token of a webhook's message must be} Whether it was signed for the body that it came with is for
     * {@link BodyDigest} to say.
     */
    public static TokenExpectation webhook(String apiKey, Duration maxAge) {
        return new TokenExpectation(
                TokenKind.WEBHOOK, Set.of(apiKey), Optional.empty(), Optional.empty(), maxAge, TokenOrigin.WEBHOOK);
    }

    /** {@return the same expectation, of a token made for exactly one audience} */
    public TokenExpectation forAudience(String expectedAudience) {
        return new TokenExpectation(kind, apiKeys, subject, Optional.of(expectedAudience), maxAge, origin);
    }

    /** {@return the same expectation, of a token about exactly one UID} */
    public TokenExpectation about(Uid uid) {
        return new TokenExpectation(kind, apiKeys, Optional.of(uid), audience, maxAge, origin);
    }

    /** Where a token comes from, and with that how far its text is trusted before it is verified. */
    public enum TokenOrigin {
        /** Gigya's own answer, over TLS, to a call of ours. It may hold an account's whole profile. */
        GIGYA(256 * 1024),
        /**
         * Posted by a browser or an app, so by anybody. Sign-in tokens hold no profile and have less than 1,000
         * characters.
         */
        BROWSER(16 * 1024),
        /** The header of a webhook's message, which anybody may send. Gigya's have less than 1,000 characters. */
        WEBHOOK(4 * 1024);

        private final int longestToken;

        TokenOrigin(int longestToken) {
            this.longestToken = longestToken;
        }

        /** {@return the length in characters above which a token is refused unread} */
        int longestToken() {
            return longestToken;
        }
    }

    /**
     * The kinds of token that Gigya signs with one key and one {@code typ}, so that only the claims tell them apart. Those of
     * extension calls are none of them.
     */
    public enum TokenKind {
        /** The answer of {@code accounts.getJWT}: it always has the claim {@code apiKey}, and never {@code isLoggedIn}. */
        ACCOUNT {
            @Override
            void checkOwnClaims(Map<String, Object> claims) throws TokenRefusedException {
                if (!claims.containsKey(API_KEY) || claims.containsKey(IS_LOGGED_IN)) {
                    throw new TokenRefusedException(TokenRule.KIND);
                }
            }
        },
        /** What a sign-in answers where {@code include} holds {@code id_token}: the claim {@code isLoggedIn} is true. */
        SIGN_IN {
            @Override
            void checkOwnClaims(Map<String, Object> claims) throws TokenRefusedException {
                if (!claims.containsKey(IS_LOGGED_IN)) {
                    throw new TokenRefusedException(TokenRule.KIND);
                }
                // A boolean since 2022; text with a capital letter in tokens of 2019.
                var loggedIn = claims.get(IS_LOGGED_IN);
                if (!Boolean.TRUE.equals(loggedIn) && !"True".equals(loggedIn) && !"true".equals(loggedIn)) {
                    throw new TokenRefusedException(TokenRule.NOT_SIGNED_IN);
                }
            }
        },
        /**
         * What comes along with a webhook's body: it has a {@code jti}, and its subject is the SHA-256 of that body.
         * Gigya may send a message again hours later, and nothing says whether with a new token, so that its {@code exp},
         * a minute after it was made, is not the end of it.
         */
        WEBHOOK {
            @Override
            void checkOwnClaims(Map<String, Object> claims) throws TokenRefusedException {
                if (!(claims.get(JTI) instanceof String) || claims.containsKey(IS_LOGGED_IN)) {
                    throw new TokenRefusedException(TokenRule.KIND);
                }
            }

            @Override
            String subject(Map<String, Object> claims) throws TokenRefusedException {
                if (claims.get("sub") instanceof String digest
                        && DIGEST.matcher(digest).matches()) {
                    return digest;
                }
                throw new TokenRefusedException(TokenRule.BODY);
            }
        };

        /** The claim that names the site, in some kinds. */
        static final String API_KEY = "apiKey";

        private static final String IS_LOGGED_IN = "isLoggedIn";
        private static final String JTI = "jti";
        // Of a SHA-256, either way that BodyDigest knows.
        private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{43}|[0-9A-Fa-f]{64}");

        abstract void checkOwnClaims(Map<String, Object> claims) throws TokenRefusedException;

        void check(Map<String, Object> claims) throws TokenRefusedException {
            if (claims.containsKey(JTI) && this != WEBHOOK) {
                throw new TokenRefusedException(TokenRule.WEBHOOK);
            }
            checkOwnClaims(claims);
        }

        /** {@return what the token is about} */
        String subject(Map<String, Object> claims) throws TokenRefusedException {
            if (claims.get("sub") instanceof String text && Uid.of(text).isPresent()) {
                return text;
            }
            throw new TokenRefusedException(TokenRule.SUBJECT);
        }

        /** {@return whether it is refused once its {@code exp} has passed} */
        boolean endsWithItsExpiry() {
            return this != WEBHOOK;
        }
    }
}
