package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signs what the record calls id_tokens, of either kind. */
record Tokens(SigningKeys keys) {

    private static final Duration SIGN_IN_TOKEN_LIFETIME = Duration.ofSeconds(60);

    /** {@return a token as {@code accounts.getJWT} answers it} It has no {@code isLoggedIn}. */
    String accountToken(
            Site site,
            Account account,
            Map<String, JsonNode> fieldClaims,
            Duration lifetime,
            Optional<String> audience) {
        var claims = claims(site, account, lifetime);
        claims.put("apiKey", site.apiKey());
        audience.ifPresent(value -> claims.put("aud", value));
        claims.putAll(fieldClaims);
        var key = keys.current();
        return key.sign(header(key), claims);
    }

    /** {@return a token as {@code include=id_token} answers it} It has neither {@code apiKey} nor a field. */
    String signInToken(Site site, Account account, boolean loggedIn) {
        var claims = claims(site, account, SIGN_IN_TOKEN_LIFETIME);
        claims.put("isLoggedIn", loggedIn);
        var key = keys.current();
        var header = header(key);
        header.put("dc", site.dataCenter());
        return key.sign(header, claims);
    }

    private static Map<String, Object> header(SigningKey key) {
        var header = new LinkedHashMap<String, Object>();
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        header.put("kid", key.id());
        return header;
    }

    private static Map<String, Object> claims(Site site, Account account, Duration lifetime) {
        // The true time, not the clock that a test can set wrong: see Faults.setClockOffset.
        long now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", site.issuer());
        claims.put("iat", now);
        claims.put("exp", now + lifetime.toSeconds());
        claims.put("sub", account.uid());
        return claims;
    }
}
