package io.github.keycloakgigya.simulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;

/** Checks the header {@code Authorization: Bearer <jwt>} of RSA application keys. */
final class BearerTokens {

    // The record gives no window; the skew that signed requests have is taken, and a jti counts once like a nonce.
    private static final long MAXIMUM_SKEW_SECONDS = 120;

    private final Clock clock;
    private final UsedOnce ids = new UsedOnce();

    BearerTokens(Clock clock) {
        this.clock = clock;
    }

    RsaApplicationKey check(String header, Site site) throws Refusal {
        if (!header.startsWith("Bearer ")) {
            throw Refusal.of(GigyaError.INVALID_REQUEST_FORMAT, "Invalid authorization header");
        }
        try {
            var token = SignedJWT.parse(header.substring("Bearer ".length()));
            var userKey = token.getHeader().getKeyID();
            var key = site.rsaApplicationKey(userKey == null ? "" : userKey).orElseThrow(BearerTokens::refused);
            if (!isAsDocumented(token) || !token.verify(new RSASSAVerifier(key.publicKey()))) {
                throw refused();
            }
            if (!isFresh(token)
                    || !ids.use(userKey + " " + token.getJWTClaimsSet().getJWTID())) {
                throw refused();
            }
            return key;
        } catch (ParseException | JOSEException malformed) {
            throw refused();
        }
    }

    private static boolean isAsDocumented(SignedJWT token) {
        return JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm())
                && JOSEObjectType.JWT.equals(token.getHeader().getType());
    }

    private boolean isFresh(SignedJWT token) throws ParseException {
        var claims = token.getJWTClaimsSet();
        return claims.getIssueTime() != null
                && claims.getJWTID() != null
                && Duration.between(claims.getIssueTime().toInstant(), clock.instant())
                                .abs()
                                .toSeconds()
                        <= MAXIMUM_SKEW_SECONDS;
    }

    private static Refusal refused() {
        return Refusal.of(GigyaError.INVALID_AUTHENTICATION_HEADER);
    }
}
