package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.token.CompactJws.JoseHeader;
import io.github.keycloakgigya.token.TokenExpectation.TokenOrigin;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

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
}
