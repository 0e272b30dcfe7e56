package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.util.Map;

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
     * What comes along with a webhook's body: it has a {@code jti}, and its subject is the SHA-256 of that body. Gigya may
     * send a message again hours later, and nothing says whether with a new token, so that its {@code exp}, a minute after
     * it was made, is not the end of it.
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
            if (claims.get("sub") instanceof String digest && BodyDigest.isDigest(digest)) {
                return digest;
            }
            throw new TokenRefusedException(TokenRule.BODY);
        }
    };

    /** The claim that names the site, in some kinds. */
    static final String API_KEY = "apiKey";

    private static final String IS_LOGGED_IN = "isLoggedIn";
    private static final String JTI = "jti";

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
