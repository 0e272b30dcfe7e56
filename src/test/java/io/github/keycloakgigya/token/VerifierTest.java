package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.TokenExpectation.TokenKind;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What the tests of the verifier share: a site, Gigya's key, a clock, and the two expectations. */
abstract class VerifierTest {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String API_KEY = "3_Ab-cd_EF01";
    static final String UID = "0e5712b22b5a42e8be28747b4c076214";
    static final GigyaKey KEY = GigyaKey.of("REQ0MUQ5N0NCRTJEMzk3M0U1RkNDQ0U0Q0M1REFBRjhDMjdENUFBQg");
    static final GigyaKey FOREIGN = GigyaKey.of("foreign");

    static final TokenExpectation ANSWER = TokenExpectation.answerAbout(new Uid(UID), API_KEY, Duration.ofSeconds(60));
    static final TokenExpectation PROOF =
            TokenExpectation.proof(TokenKind.SIGN_IN, Set.of(API_KEY), Duration.ofSeconds(60));

    final SettableClock clock = new SettableClock(NOW);
    final KeyServer gigya = KeyServer.publishing(KEY);
    final GigyaTokenVerifier verifier =
            new GigyaTokenVerifier(new SigningKeyCache(clock, CallObserver.NONE).keysOf(gigya, CallGate.OPEN), clock);

    static GigyaTokens account() {
        return GigyaTokens.account(KEY, API_KEY, UID, NOW);
    }

    static GigyaTokens signIn() {
        return GigyaTokens.signIn(KEY, API_KEY, UID, NOW);
    }

    TokenRule refusalOf(String token, TokenExpectation expected) {
        var refusal = catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token, expected));
        assertThat(refusal).as("the token must be refused").isNotNull();
        assertThat(refusal).hasMessage("refused: " + refusal.rule().reason()).hasNoCause();
        return refusal.rule();
    }
}
