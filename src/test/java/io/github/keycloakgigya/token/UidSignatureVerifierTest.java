package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UidSignatureVerifierTest {

    private static final String UID = "nk34bjh5kl432njbh";
    private static final Instant SIGNED_AT = Instant.ofEpochSecond(3_456_789);
    private static final String SIGNATURE = "y8fo2ebrzyuN/kbX0wbPul8VwI8=";
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    private final SettableClock clock = new SettableClock(SIGNED_AT);
    private final Secret secret = Secret.parse("kln45j654l3kn5jb");
    private final UidSignatureVerifier verifier = new UidSignatureVerifier(secret, clock);

    private TokenRule refusalOf(String uid, String signature, Instant timestamp) {
        var received = new UidSignature(new Uid(uid), signature, timestamp);
        var refusal = catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(received, MAX_AGE));
        assertThat(refusal).as("the signature must be refused").isNotNull();
        return refusal.rule();
    }

    // Vectors of graze/gigya-client, tests/unit/Validation/SignatureTest.php; two secrets there lack their padding.
    @ParameterizedTest
    @CsvSource({
        "nk34bjh5kl432njbh, 3456789, kln45j654l3kn5jb, y8fo2ebrzyuN/kbX0wbPul8VwI8=",
        "908dsf7g68d9, 23456754, jkl234h53k2, AzKUa+6a2+27Oqxu0nDksvDdjLI=",
        "b45432lkn4jb, 9876543, b4645kl35jb, VP93O4U8MeTCH5sJntEBVBRG/F0="
    })
    void the_published_signatures_are_good(String uid, long timestamp, String secret, String signature)
            throws Exception {
        var signedAt = Instant.ofEpochSecond(timestamp);
        var verifier = new UidSignatureVerifier(Secret.parse(secret), new SettableClock(signedAt));

        assertThat(verifier.verify(new UidSignature(new Uid(uid), signature, signedAt), MAX_AGE))
                .isEqualTo(new Uid(uid));
    }

    @Test
    void a_signature_for_another_uid_time_or_secret_is_refused() {
        assertThat(refusalOf("nk34bjh5kl432njbi", SIGNATURE, SIGNED_AT)).isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(UID, SIGNATURE, SIGNED_AT.plusSeconds(1))).isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(UID, sign(Secret.parse("jkl234h53k2="), UID, SIGNED_AT), SIGNED_AT))
                .isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(UID, "A".repeat(27) + "=", SIGNED_AT)).isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(UID, "y8fo2ebrzyuN/kbX0wbPul8VwI8A", SIGNED_AT)).isEqualTo(TokenRule.SIGNATURE);
    }

    @Test
    void a_signature_over_a_friend_does_not_prove_who_signed_in() {
        // The legacy base string <ts>_<friendUID>_<UID> reads as a UID with an underscore: it stays that UID.
        var friend = sign(secret, "friend_" + UID, SIGNED_AT);

        assertThat(refusalOf(UID, friend, SIGNED_AT)).isEqualTo(TokenRule.SIGNATURE);
    }

    @Test
    void a_signature_is_good_for_its_age_and_two_minutes_of_skew_both_ways() throws Exception {
        clock.advance(Duration.ofSeconds(180));
        assertThat(verifier.verify(new UidSignature(new Uid(UID), SIGNATURE, SIGNED_AT), MAX_AGE))
                .isEqualTo(new Uid(UID));
        clock.advance(Duration.ofSeconds(1));
        assertThat(refusalOf(UID, SIGNATURE, SIGNED_AT)).isEqualTo(TokenRule.TOO_OLD);

        clock.advance(Duration.ofSeconds(-301));
        assertThat(verifier.verify(new UidSignature(new Uid(UID), SIGNATURE, SIGNED_AT), MAX_AGE))
                .isEqualTo(new Uid(UID));
        clock.advance(Duration.ofSeconds(-1));
        assertThat(refusalOf(UID, SIGNATURE, SIGNED_AT)).isEqualTo(TokenRule.FROM_THE_FUTURE);
    }

    @Test
    void the_ends_of_time_are_refused() {
        assertThat(refusalOf(UID, sign(secret, UID, Instant.MAX), Instant.MAX)).isEqualTo(TokenRule.FROM_THE_FUTURE);
        assertThat(refusalOf(UID, sign(secret, UID, Instant.MIN), Instant.MIN)).isEqualTo(TokenRule.TOO_OLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "y8fo2ebrzyuN/kbX0wbPul8VwI8",
                "y8fo2ebrzyuN_kbX0wbPul8VwI8=",
                "y8fo2ebrzyuN/kbX0wbPul8VwI9=",
                "y8fo2ebrzyuN/kbX0wbPul8VwI8= ",
                "y8fo2ebrzyuN/kbX0wbPul8VwI8==",
                "y8fo2ebrzyuN/kbX\n0wbPul8VwI8=",
                "****************************"
            })
    void a_signature_that_is_written_otherwise_is_refused(String signature) {
        assertThat(refusalOf(UID, signature, SIGNED_AT)).isEqualTo(TokenRule.MALFORMED);
    }

    @Test
    void what_no_secret_could_have_signed_is_told_without_the_secret() throws Exception {
        var stranger = sign(Secret.parse("jkl234h53k2="), UID, SIGNED_AT);

        verifier.requireUsable(new UidSignature(new Uid(UID), stranger, SIGNED_AT), MAX_AGE);
        assertThat(formRefusalOf(UID, stranger + " ", SIGNED_AT)).isEqualTo(TokenRule.MALFORMED);
        assertThat(formRefusalOf(UID, stranger, SIGNED_AT.minusSeconds(181))).isEqualTo(TokenRule.TOO_OLD);
        assertThat(formRefusalOf(UID, stranger, SIGNED_AT.plusSeconds(121))).isEqualTo(TokenRule.FROM_THE_FUTURE);
    }

    private TokenRule formRefusalOf(String uid, String signature, Instant timestamp) {
        var received = new UidSignature(new Uid(uid), signature, timestamp);
        var refusal =
                catchThrowableOfType(TokenRefusedException.class, () -> verifier.requireUsable(received, MAX_AGE));
        assertThat(refusal).as("the signature must be refused").isNotNull();
        return refusal.rule();
    }

    private static String sign(Secret secret, String uid, Instant timestamp) {
        return Base64.getEncoder().encodeToString(secret.hmacSha1(timestamp.getEpochSecond() + "_" + uid));
    }
}
