package io.github.keycloakgigya.token;

import java.util.Map;

/**
 * The kinds of token that speak about a person. Gigya signs them, webhooks and extension calls with one key and one
 * {@code typ}, so that only the claims tell them apart.
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
    };

    /** The claim that names the site, in some kinds. */
    static final String API_KEY = "apiKey";

    private static final String IS_LOGGED_IN = "isLoggedIn";
    private static final String JTI = "jti";

    abstract void checkOwnClaims(Map<String, Object> claims) throws TokenRefusedException;

    void check(Map<String, Object> claims) throws TokenRefusedException {
        if (claims.containsKey(JTI)) {
            throw new TokenRefusedException(TokenRule.WEBHOOK);
        }
        checkOwnClaims(claims);
    }
}
