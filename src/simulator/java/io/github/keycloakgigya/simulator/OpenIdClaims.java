package io.github.keycloakgigya.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a site's OpenID provider says of a person, in id tokens and at its userinfo endpoint. */
record OpenIdClaims(AuthorizationCode code) {

    private static final long LIFETIME_SECONDS = 300;

    Map<String, Object> ofIdToken(String issuer) {
        long now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("aud", code.request().client().id());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME_SECONDS);
        claims.put("auth_time", code.authenticated().getEpochSecond());
        code.request().nonce().ifPresent(nonce -> claims.put("nonce", nonce));
        claims.putAll(ofUserInfo());
        return claims;
    }

    Map<String, Object> ofUserInfo() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", code.request().client().subjectOf(code.account()));
        var scopes = code.request().scopes();
        if (scopes.contains("profile")) {
            put(claims, "given_name", "profile.firstName");
            put(claims, "family_name", "profile.lastName");
        }
        if (scopes.contains("email")) {
            code.account().fields().get("profile.email").ifPresent(email -> {
                claims.put("email", email.asText());
                claims.put("email_verified", code.account().emails().verified().contains(email.asText()));
            });
        }
        return claims;
    }

    private void put(Map<String, Object> claims, String name, String path) {
        code.account().fields().get(path).ifPresent(value -> claims.put(name, value.asText()));
    }
}
