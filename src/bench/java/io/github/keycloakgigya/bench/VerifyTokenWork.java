package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.GigyaKey;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import io.github.keycloakgigya.token.GigyaTokens;
import io.github.keycloakgigya.token.KeyServer;
import io.github.keycloakgigya.token.SigningKeyCache;
import io.github.keycloakgigya.token.TokenExpectation;
import io.github.keycloakgigya.token.TokenRefusedException;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * An answer of {@code accounts.getJWT}, from its text to its claims, once by this project and once by jjwt, which is
 * asked to check what it can: the signature with the key that {@code kid} names, issuer, subject, API key and times.
 */
@State(Scope.Benchmark)
public class VerifyTokenWork {

    private static final String API_KEY = "3_Ab-cd_EF01";
    private static final String UID = "0e5712b22b5a42e8be28747b4c076214";
    // Longer than the token is verified for.
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final GigyaKey key = GigyaKey.of("REQ0MUQ5N0NCRTJEMzk3M0U1RkNDQ0U0Q0M1REFBRjhDMjdENUFBQg");
    private final String token = token(key);
    private final GigyaTokenVerifier ours = new GigyaTokenVerifier(
            new SigningKeyCache(Clock.systemUTC(), CallObserver.NONE).keysOf(KeyServer.publishing(key), CallGate.OPEN),
            Clock.systemUTC());
    private final TokenExpectation expectation = TokenExpectation.answerAbout(new Uid(UID), API_KEY, LIFETIME);
    private final JwtParser jjwt = parser(key);

    private static String token(GigyaKey key) {
        var now = Instant.now();
        return GigyaTokens.account(key, API_KEY, UID, now)
                .with("exp", now.plus(LIFETIME).getEpochSecond())
                .with("firstName", "Ada")
                .with("lastName", "Lovelace")
                .with("email", "ada.lovelace@example.org")
                .with("country", "DE")
                .with("data.memberNumber", "M-4711")
                .with("data.interests", List.of("sailing", "chess"))
                .signed();
    }

    private static JwtParser parser(GigyaKey key) {
        var keys = Map.of(key.id(), key.publicKey());
        return Jwts.parser()
                .keyLocator(header -> keys.get(header.get("kid")))
                .requireIssuer("https://fidm.gigya.com/jwt/" + API_KEY + "/")
                .requireSubject(UID)
                .require("apiKey", API_KEY)
                .clockSkewSeconds(120)
                .build();
    }

    /** Verifies as a sign-in does. */
    @Benchmark
    public VerifiedToken ours() throws TokenRefusedException, GigyaException {
        return ours.verify(token, expectation);
    }

    /** Verifies as the vendor's SDK does. */
    @Benchmark
    public Jws<Claims> jjwt() {
        return jjwt.parseSignedClaims(token);
    }
}
