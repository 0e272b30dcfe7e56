package io.github.keycloakgigya.token;

import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
