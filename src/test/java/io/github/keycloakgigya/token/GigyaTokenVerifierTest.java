package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.TokenExpectation.TokenKind;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GigyaTokenVerifierTest extends VerifierTest {

    @Test
    void an_answer_of_get_jwt_tells_uid_times_and_claims() throws Exception {
        var token =
                account().with("data.age", 36).with("profile.firstName", "Ada").signed();

        var verified = verifier.verify(token, ANSWER);

        assertThat(verified.subject()).isEqualTo(UID);
        assertThat(verified.issuedAt()).isEqualTo(NOW);
        assertThat(verified.expiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(verified.claims()).contains(entry("data.age", 36), entry("profile.firstName", "Ada"));
        assertThat(verified.toString()).doesNotContain("Ada").doesNotContain(UID);
    }

    @Test
    void claims_keep_their_json_types_exactly() throws Exception {
        var payload = account().payloadJson();
        var more = payload.substring(0, payload.length() - 1)
                + ",\"big\":123456789012345678901234567890,\"price\":1.10,\"on\":true,\"none\":null,\"list\":[1,\"a\"]}";
        var token = GigyaTokens.signed(account().headerJson(), more, KEY);

        assertThat(verifier.verify(token, ANSWER).claims())
                .contains(
                        entry("big", new BigInteger("123456789012345678901234567890")),
                        entry("price", new BigDecimal("1.10")),
                        entry("on", true),
                        entry("none", null),
                        entry("list", List.of(1, "a")));
    }

    @Test
    void a_sign_in_token_proves_its_uid() throws Exception {
        assertThat(verifier.verify(signIn().signed(), PROOF).subject()).isEqualTo(UID);
    }

    @Test
    void a_sign_in_token_of_2019_has_no_slash_in_its_issuer_and_says_true_as_text() throws Exception {
        var token = signIn().with("iss", "https://fidm.gigya.com/jwt/" + API_KEY)
                .with("apiKey", API_KEY)
                .with("isLoggedIn", "True")
                .with("auth_time", NOW.getEpochSecond());

        assertThat(verifier.verify(token.signed(), PROOF).subject()).isEqualTo(UID);
    }

    @Test
    void a_header_of_2018_names_its_key_in_keyid() throws Exception {
        var token = account().withoutHeader("kid").withHeader("keyid", KEY.id());

        assertThat(verifier.verify(token.signed(), ANSWER).subject()).isEqualTo(UID);
    }

    @Test
    void a_header_of_2020_names_its_key_twice() throws Exception {
        var token = account().withHeader("keyid", KEY.id());

        assertThat(verifier.verify(token.signed(), ANSWER).subject()).isEqualTo(UID);
    }

    @Test
    void a_header_without_a_type_is_enough() throws Exception {
        assertThat(verifier.verify(account().withoutHeader("typ").signed(), ANSWER)
                        .subject())
                .isEqualTo(UID);
    }

    @Test
    void a_site_of_the_group_may_have_issued_a_proof() throws Exception {
        var group = TokenExpectation.proof(TokenKind.SIGN_IN, Set.of(API_KEY, "3_other"), Duration.ofSeconds(60));

        var token = GigyaTokens.signIn(KEY, "3_other", UID, NOW).signed();

        assertThat(verifier.verify(token, group).subject()).isEqualTo(UID);
        assertThat(refusalOf(token, PROOF)).isEqualTo(TokenRule.ISSUER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0e5712b22b5a42e8be28747b4c076214",
                "9e0d6a7c-1b4e-4c8e-9d7e-0123456789ab",
                "_guid_kVzoyBRF2ZIpg_8oGjYvPg==",
                "_gid_a+b/c=",
                "Jürgen 😀"
            })
    void a_uid_is_taken_verbatim(String uid) throws Exception {
        var token = GigyaTokens.account(KEY, API_KEY, uid, NOW).signed();

        assertThat(verifier.verify(token, ANSWER.about(new Uid(uid))).subject()).isEqualTo(uid);
    }

    @Test
    void the_expected_audience_alone_is_taken_as_text_or_as_a_list_of_one() throws Exception {
        var bound = PROOF.forAudience("session-1");

        assertThat(verifier.verify(signIn().with("aud", "session-1").signed(), bound)
                        .subject())
                .isEqualTo(UID);
        assertThat(verifier.verify(signIn().with("aud", List.of("session-1")).signed(), bound)
                        .subject())
                .isEqualTo(UID);
    }

    @Test
    void any_other_audience_is_refused() {
        var bound = PROOF.forAudience("session-1");

        for (var audience : Arrays.asList(
                "session-2",
                "",
                "SESSION-1",
                null,
                1,
                List.of(),
                List.of("session-1", "session-2"),
                List.of("session-1", "session-1"))) {
            assertThat(refusalOf(signIn().with("aud", audience).signed(), bound))
                    .as("audience %s", audience)
                    .isEqualTo(TokenRule.AUDIENCE);
        }
        assertThat(refusalOf(signIn().signed(), bound)).isEqualTo(TokenRule.AUDIENCE);
    }

    @Test
    void an_audience_is_refused_where_none_is_expected() {
        assertThat(refusalOf(signIn().with("aud", "another-app").signed(), PROOF))
                .isEqualTo(TokenRule.AUDIENCE);
        assertThat(refusalOf(account().with("aud", "another-app").signed(), ANSWER))
                .isEqualTo(TokenRule.AUDIENCE);
    }

    @Test
    void times_are_good_up_to_two_minutes_of_skew_and_not_a_second_more() throws Exception {
        assertThat(verifier.verify(madeAt(NOW.plusSeconds(120), 60), ANSWER).subject())
                .isEqualTo(UID);
        assertThat(refusalOf(madeAt(NOW.plusSeconds(121), 60), ANSWER)).isEqualTo(TokenRule.FROM_THE_FUTURE);

        assertThat(verifier.verify(madeAt(NOW.minusSeconds(180), 60), ANSWER).subject())
                .isEqualTo(UID);
        assertThat(refusalOf(madeAt(NOW.minusSeconds(180), 59), ANSWER)).isEqualTo(TokenRule.EXPIRED);

        assertThat(verifier.verify(madeAt(NOW.minusSeconds(180), 31_557_600), ANSWER)
                        .subject())
                .isEqualTo(UID);
        assertThat(refusalOf(madeAt(NOW.minusSeconds(181), 31_557_600), ANSWER)).isEqualTo(TokenRule.TOO_OLD);
    }

    @Test
    void only_expiry_and_age_say_that_a_token_was_good_once() {
        assertThat(Arrays.stream(TokenRule.values()).filter(TokenRule::isAge))
                .containsExactlyInAnyOrder(TokenRule.EXPIRED, TokenRule.TOO_OLD);
    }

    @Test
    void only_kind_and_audience_say_that_a_token_is_good_for_somebody_else() {
        assertThat(Arrays.stream(TokenRule.values()).filter(TokenRule::isPurpose))
                .containsExactlyInAnyOrder(TokenRule.KIND, TokenRule.AUDIENCE);
    }

    @Test
    void each_rule_says_in_words_of_its_own_what_was_broken() {
        assertThat(Arrays.stream(TokenRule.values()).map(TokenRule::reason))
                .doesNotHaveDuplicates()
                .allMatch(reason -> reason.startsWith("it"));
    }

    @Test
    void what_a_token_looks_like_in_a_log_tells_its_times_and_nothing_of_a_person() throws Exception {
        assertThat(verifier.verify(account().signed(), ANSWER))
                .hasToString("VerifiedToken[issuedAt=2026-03-01T12:00:00Z, expiresAt=2026-03-01T12:01:00Z]");
    }

    @Test
    void one_token_has_one_fingerprint_and_two_tokens_have_two() throws Exception {
        var token = account().signed();

        assertThat(verifier.verify(token, ANSWER).fingerprint())
                .isEqualTo(verifier.verify(token, ANSWER).fingerprint())
                .isNotEqualTo(verifier.verify(account().with("data.x", 1).signed(), ANSWER)
                        .fingerprint())
                .matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void an_expectation_without_a_site_is_not_an_expectation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenExpectation.proof(TokenKind.SIGN_IN, Set.of(), Duration.ofSeconds(60)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenExpectation.answerAbout(new Uid(UID), API_KEY, Duration.ofSeconds(-1)));
    }

    private static String madeAt(Instant issuedAt, long seconds) {
        return GigyaTokens.account(KEY, API_KEY, UID, issuedAt)
                .with("exp", issuedAt.getEpochSecond() + seconds)
                .signed();
    }
}
