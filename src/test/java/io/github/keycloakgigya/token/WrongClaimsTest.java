package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.token.TokenExpectation.TokenKind;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that Gigya signed, but for another site, person, purpose or time than is expected. */
class WrongClaimsTest extends VerifierTest {

    @Test
    void a_token_of_another_site_is_refused() {
        assertThat(refusalOf(GigyaTokens.signIn(KEY, "3_other", UID, NOW).signed(), PROOF))
                .isEqualTo(TokenRule.ISSUER);
        assertThat(refusalOf(signIn().with("apiKey", "3_other").signed(), PROOF))
                .isEqualTo(TokenRule.API_KEY);
        assertThat(refusalOf(account().with("apiKey", "3_other").signed(), ANSWER))
                .isEqualTo(TokenRule.API_KEY);
        assertThat(refusalOf(account().with("apiKey", null).signed(), ANSWER)).isEqualTo(TokenRule.API_KEY);
        assertThat(refusalOf(account().with("apiKey", List.of(API_KEY)).signed(), ANSWER))
                .isEqualTo(TokenRule.API_KEY);
    }

    @Test
    void one_site_of_a_group_can_not_speak_in_the_name_of_another() {
        var group = TokenExpectation.proof(TokenKind.SIGN_IN, Set.of(API_KEY, "3_other"), Duration.ofSeconds(60));

        assertThat(refusalOf(signIn().with("apiKey", "3_other").signed(), group))
                .isEqualTo(TokenRule.API_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fidm.gigya.com/jwt//",
                "https://fidm.gigya.com/jwt/3_Ab-cd_EF01//",
                "https://fidm.gigya.com/jwt/3_Ab-cd_EF01/x",
                "https://fidm.gigya.com/jwt/3_AB-CD_EF01/",
                "https://fidm.us1.gigya.com/jwt/3_Ab-cd_EF01/",
                "http://fidm.gigya.com/jwt/3_Ab-cd_EF01/",
                "https://fidm.gigya.com/oidc/op/v1.0/3_Ab-cd_EF01",
                "3_Ab-cd_EF01",
                ""
            })
    void an_issuer_that_only_looks_alike_is_refused(String issuer) {
        assertThat(refusalOf(account().with("iss", issuer).signed(), ANSWER)).isEqualTo(TokenRule.ISSUER);
    }

    @Test
    void a_token_without_an_issuer_is_refused() {
        assertThat(refusalOf(account().without("iss").signed(), ANSWER)).isEqualTo(TokenRule.ISSUER);
        assertThat(refusalOf(account().with("iss", null).signed(), ANSWER)).isEqualTo(TokenRule.ISSUER);
    }

    @Test
    void a_webhook_token_is_refused_however_it_is_dressed_up() {
        var webhook = GigyaTokens.webhook(KEY, API_KEY, NOW);

        assertThat(refusalOf(webhook.signed(), PROOF)).isEqualTo(TokenRule.WEBHOOK);
        assertThat(refusalOf(webhook.signed(), ANSWER)).isEqualTo(TokenRule.WEBHOOK);
        assertThat(refusalOf(webhook.with("isLoggedIn", true).signed(), PROOF)).isEqualTo(TokenRule.WEBHOOK);
        assertThat(refusalOf(webhook.with("jti", null).signed(), PROOF)).isEqualTo(TokenRule.WEBHOOK);
    }

    @Test
    void one_kind_of_token_does_not_pass_for_the_other() {
        assertThat(refusalOf(account().signed(), PROOF)).isEqualTo(TokenRule.KIND);
        assertThat(refusalOf(signIn().signed(), ANSWER)).isEqualTo(TokenRule.KIND);
        assertThat(refusalOf(signIn().with("apiKey", API_KEY).signed(), ANSWER)).isEqualTo(TokenRule.KIND);
        assertThat(refusalOf(account().without("apiKey").signed(), ANSWER)).isEqualTo(TokenRule.KIND);
    }

    @Test
    void a_sign_in_token_of_nobody_is_refused() {
        for (var loggedIn : Arrays.asList(false, "False", "false", "", "TRUE", "yes", 1, null, List.of(true))) {
            assertThat(refusalOf(signIn().with("isLoggedIn", loggedIn).signed(), PROOF))
                    .as("isLoggedIn %s", loggedIn)
                    .isEqualTo(TokenRule.NOT_SIGNED_IN);
        }
    }

    @Test
    void a_token_without_a_usable_uid_is_refused() {
        assertThat(refusalOf(signIn().without("sub").signed(), PROOF)).isEqualTo(TokenRule.SUBJECT);
        for (var uid :
                Arrays.asList("", "a\nb", "a\0", "a\u007F", "a\u0085", "x".repeat(1025), null, 1, List.of(UID))) {
            assertThat(refusalOf(signIn().with("sub", uid).signed(), PROOF)).isEqualTo(TokenRule.SUBJECT);
        }
    }

    @Test
    void a_uid_with_half_a_surrogate_pair_is_refused() {
        var payload = signIn().payloadJson().replace(UID, "a\\ud800");

        assertThat(refusalOf(GigyaTokens.signed(signIn().headerJson(), payload, KEY), PROOF))
                .isEqualTo(TokenRule.SUBJECT);
    }

    @Test
    void an_answer_about_another_uid_is_refused() {
        for (var other : List.of("another", UID.toUpperCase(Locale.ROOT), UID + " ")) {
            assertThat(refusalOf(GigyaTokens.account(KEY, API_KEY, other, NOW).signed(), ANSWER))
                    .isEqualTo(TokenRule.OTHER_SUBJECT);
        }
    }

    @Test
    void times_that_are_no_whole_seconds_are_refused() {
        var now = NOW.getEpochSecond();
        for (var time : Arrays.asList(
                null, String.valueOf(now), now + 0.5, -1, Long.MAX_VALUE, BigInteger.TEN.pow(30), true, List.of(now))) {
            assertThat(refusalOf(account().with("iat", time).signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
            assertThat(refusalOf(account().with("exp", time).signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
        }
        assertThat(refusalOf(account().without("iat").signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
        assertThat(refusalOf(account().without("exp").signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
        assertThat(refusalOf(account().with("exp", now).signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
    }

    @Test
    void times_are_seconds_from_1970_to_the_year_9999() throws Exception {
        assertThat(refusalOf(account().with("iat", 0).signed(), ANSWER)).isEqualTo(TokenRule.TOO_OLD);
        assertThat(verifier.verify(account().with("exp", 253_402_300_799L).signed(), ANSWER)
                        .expiresAt())
                .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(refusalOf(account().with("exp", 253_402_300_800L).signed(), ANSWER))
                .isEqualTo(TokenRule.TIMES);
    }

    @Test
    void a_token_that_begins_in_the_future_is_refused() throws Exception {
        var now = NOW.getEpochSecond();

        assertThat(refusalOf(account().with("nbf", now + 121).signed(), ANSWER)).isEqualTo(TokenRule.FROM_THE_FUTURE);
        assertThat(refusalOf(account().with("nbf", "tomorrow").signed(), ANSWER))
                .isEqualTo(TokenRule.TIMES);
        assertThat(refusalOf(account().with("nbf", null).signed(), ANSWER)).isEqualTo(TokenRule.TIMES);
        assertThat(verifier.verify(account().with("nbf", now).signed(), ANSWER).subject())
                .isEqualTo(UID);
    }

    @Test
    void claims_are_not_looked_at_before_the_signature() {
        assertThat(refusalOf(
                        signIn().with("exp", 1).with("iat", 0).without("sub").signedBy(FOREIGN), PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
        assertThat(refusalOf(GigyaTokens.signed(signIn().headerJson(), "no json", FOREIGN.named(KEY.id())), PROOF))
                .isEqualTo(TokenRule.SIGNATURE);
    }
}
