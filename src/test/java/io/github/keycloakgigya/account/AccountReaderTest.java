package io.github.keycloakgigya.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.GigyaApi.PublicKeys;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.GigyaKey;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.GigyaTokens;
import io.github.keycloakgigya.token.SettableClock;
import io.github.keycloakgigya.token.SigningKeyCache;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String API_KEY = "3_site";
    private static final String UID = "0e5712b22b5a42e8be28747b4c076214";
    private static final GigyaKey KEY = GigyaKey.of("key");

    private final GigyaApi api = mock(GigyaApi.class);
    private AccountReader reader;

    @BeforeEach
    void openSite() throws Exception {
        when(api.site()).thenReturn(new GigyaSite(ApiDomain.of(DataCenter.EU1), API_KEY));
        when(api.getJwtPublicKeys()).thenReturn(new PublicKeys(List.of(KEY.jwk())));
        var clock = new SettableClock(NOW);
        var verifier =
                new GigyaTokenVerifier(new SigningKeyCache(clock, CallObserver.NONE).keysOf(api, CallGate.OPEN), clock);
        reader = new AccountReader(api, verifier, Duration.ofSeconds(45));
    }

    private static GigyaTokens account() {
        return GigyaTokens.account(KEY, API_KEY, UID, NOW);
    }

    private void gigyaAnswers(GigyaTokens token) throws GigyaException {
        when(api.getJwt(any())).thenReturn(new JwtAnswer(token.signed(), Set.of()));
    }

    private GigyaAccount read(String... paths) throws GigyaException {
        return reader.read(
                new Uid(UID), Arrays.stream(paths).map(GigyaField::parse).collect(Collectors.toSet()));
    }

    private List<String> valuesOf(Object claim) throws GigyaException {
        gigyaAnswers(account().with("data.x", claim));
        return read("data.x").values(GigyaField.parse("data.x"));
    }

    @Test
    void exactly_the_given_fields_are_asked_for_with_the_lifetime_and_no_audience() throws Exception {
        gigyaAnswers(account());

        read("profile.firstName", "UID", "data.b", "data.a");

        verify(api)
                .getJwt(new GetJwtRequest(
                        new Uid(UID),
                        List.of("data.a", "data.b", "profile.firstName"),
                        Duration.ofSeconds(45),
                        Optional.empty()));
        verify(api, never()).getAccountInfo(any());
        verify(api, never()).getAccountInfo(any(), any());
    }

    private static final String CONSENT = "preferences.terms.tos.isConsentGranted";

    private static AccountInfo info(String uid, Map<String, Object> sections) {
        return new AccountInfo(
                new Uid(uid),
                true,
                true,
                Set.of("ada@example.com"),
                Set.of("ada"),
                Optional.empty(),
                sections,
                Optional.empty());
    }

    private static Map<String, Object> consent(Object granted) {
        return Map.of("preferences", Map.of("terms", Map.of("tos", Map.of("isConsentGranted", granted))));
    }

    @Test
    void what_no_token_holds_is_read_by_one_further_call_for_its_sections_alone() throws Exception {
        gigyaAnswers(account().with("profile.firstName", "Ada"));
        when(api.getAccountInfo(any(), any())).thenReturn(info(UID, consent(true)));

        var account = read("profile.firstName", CONSENT);

        assertThat(account.value(GigyaField.parse(CONSENT))).hasValue("true");
        assertThat(account.value(GigyaField.parse("profile.firstName"))).hasValue("Ada");
        verify(api)
                .getJwt(new GetJwtRequest(
                        new Uid(UID), List.of("profile.firstName"), Duration.ofSeconds(45), Optional.empty()));
        verify(api).getAccountInfo(new Uid(UID), Set.of(AccountSection.PREFERENCES));
    }

    @Test
    void what_was_read_besides_tells_of_the_addresses_as_well() throws Exception {
        gigyaAnswers(account());
        when(api.getAccountInfo(any(), any())).thenReturn(info(UID, consent(true)));

        read(CONSENT);

        assertThat(reader.addressesOf(new Uid(UID)).isVerified("ada@example.com"))
                .isTrue();
        verify(api, never()).getAccountInfo(any());
        verify(api, times(1)).getAccountInfo(any(), any());
    }

    @Test
    void a_claim_with_the_name_of_such_a_field_is_not_taken_for_it() throws Exception {
        gigyaAnswers(account()
                .with("groups.organizations", List.of(Map.of("orgId", "forged")))
                .with("groups", Map.of("organizations", List.of(Map.of("orgId", "forged"))))
                .with(CONSENT, true));
        when(api.getAccountInfo(any(), any())).thenReturn(info(UID, consent(false)));

        var account = read(CONSENT, "groups.organizations", "groups.organizations.orgId");

        assertThat(account.value(GigyaField.parse(CONSENT))).hasValue("false");
        assertThat(account.values(GigyaField.parse("groups.organizations"))).isEmpty();
        assertThat(account.values(GigyaField.parse("groups.organizations.orgId")))
                .isEmpty();
    }

    @Test
    void what_gigya_says_of_another_account_is_a_failure() throws Exception {
        gigyaAnswers(account());
        when(api.getAccountInfo(any(), any())).thenReturn(info("another", consent(true)));

        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> read(CONSENT))
                .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE);
    }

    @Test
    void a_further_call_that_fails_fails_the_reading() throws Exception {
        gigyaAnswers(account());
        when(api.getAccountInfo(any(), any())).thenThrow(GigyaException.unavailable("too many requests"));

        assertThatExceptionOfType(GigyaException.class).isThrownBy(() -> read(CONSENT));
    }

    @Test
    void organizations_become_one_value_each_whole_or_by_one_member() throws Exception {
        gigyaAnswers(account());
        var organizations = List.of(
                Map.of("orgId", "acme", "roles", List.of("buyer", "admin")),
                Map.of("orgId", "umbrella", "roles", List.of()),
                "odd");
        when(api.getAccountInfo(any(), any()))
                .thenReturn(info(UID, Map.of("groups", Map.of("organizations", organizations))));

        var account = read("groups.organizations", "groups.organizations.orgId", "groups.organizations.roles");

        assertThat(account.values(GigyaField.parse("groups.organizations.orgId")))
                .containsExactly("acme", "umbrella");
        assertThat(account.values(GigyaField.parse("groups.organizations.roles")))
                .containsExactly("buyer", "admin");
        assertThat(account.values(GigyaField.parse("groups.organizations"))).hasSize(3);
    }

    @Test
    void fields_have_the_values_of_the_claims() throws Exception {
        gigyaAnswers(account().with("profile.firstName", "Ada").with("data.points", 36));

        var account = read("profile.firstName", "data.points", "data.gone");

        assertThat(account.uid()).isEqualTo(new Uid(UID));
        assertThat(account.value(GigyaField.UID)).hasValue(UID);
        assertThat(account.value(GigyaField.parse("profile.firstName"))).hasValue("Ada");
        assertThat(account.value(GigyaField.parse("data.points"))).hasValue("36");
        assertThat(account.value(GigyaField.parse("data.gone"))).isEmpty();
        assertThat(account.values(GigyaField.parse("data.gone"))).isEmpty();
        assertThat(account.toString()).doesNotContain("Ada").doesNotContain(UID);
    }

    @Test
    void what_was_not_asked_for_is_not_there_though_gigya_answers_it() throws Exception {
        gigyaAnswers(account().with("data.points", 36));

        assertThat(read("data.other").value(GigyaField.parse("data.points"))).isEmpty();
    }

    @Test
    void a_profile_field_may_be_answered_under_its_short_name_but_its_full_name_comes_first() throws Exception {
        var firstName = GigyaField.parse("profile.firstName");
        gigyaAnswers(account().with("firstName", "Short"));
        assertThat(read("profile.firstName").value(firstName)).hasValue("Short");

        gigyaAnswers(account().with("firstName", "Short").with("profile.firstName", "Full"));
        assertThat(read("profile.firstName").value(firstName)).hasValue("Full");

        gigyaAnswers(account().with("firstName", "Short").with("profile.firstName", null));
        assertThat(read("profile.firstName").value(firstName)).isEmpty();
    }

    @Test
    void a_data_field_has_no_short_name_and_the_tokens_own_claims_are_no_profile_fields() throws Exception {
        gigyaAnswers(account().with("points", 36));

        assertThat(read("data.points").value(GigyaField.parse("data.points"))).isEmpty();
        for (var name : List.of("profile.sub", "profile.iss", "profile.apiKey", "profile.iat", "profile.exp")) {
            assertThat(read(name).value(GigyaField.parse(name))).as(name).isEmpty();
        }
    }

    @Test
    void text_stays_as_it_is() throws Exception {
        assertThat(valuesOf(" Ada \n Lovelace 😀 ")).containsExactly(" Ada \n Lovelace 😀 ");
        assertThat(valuesOf("true")).containsExactly("true");
    }

    @Test
    void numbers_and_booleans_become_their_json_text() throws Exception {
        assertThat(valuesOf(36)).containsExactly("36");
        assertThat(valuesOf(-1)).containsExactly("-1");
        assertThat(valuesOf(0)).containsExactly("0");
        assertThat(valuesOf(new BigInteger("123456789012345678901234567890")))
                .containsExactly("123456789012345678901234567890");
        assertThat(valuesOf(new BigDecimal("1.10"))).containsExactly("1.10");
        assertThat(valuesOf(new BigDecimal("0.1234567890123456789"))).containsExactly("0.1234567890123456789");
        assertThat(valuesOf(true)).containsExactly("true");
        assertThat(valuesOf(false)).containsExactly("false");
    }

    @Test
    void an_exponent_is_written_out_unless_that_would_fill_the_memory() throws Exception {
        assertThat(valuesOf(new BigDecimal("1e3"))).containsExactly("1000");
        assertThat(valuesOf(new BigDecimal("1e999999999"))).containsExactly("1E+999999999");
        assertThat(valuesOf(new BigDecimal("1e100"))).containsExactly("1" + "0".repeat(100));
        assertThat(valuesOf(new BigDecimal("1e101"))).containsExactly("1E+101");
    }

    @Test
    void lists_become_several_values_and_objects_compact_json() throws Exception {
        assertThat(valuesOf(List.of("b", "a", 3, true))).containsExactly("b", "a", "3", "true");
        assertThat(valuesOf(Map.of("level", List.of(1, "x")))).containsExactly("{\"level\":[1,\"x\"]}");
        assertThat(valuesOf(List.of(Map.of("a", 1), List.of(1, 2)))).containsExactly("{\"a\":1}", "[1,2]");
    }

    @Test
    void what_is_null_or_empty_has_no_value() throws Exception {
        assertThat(valuesOf(null)).isEmpty();
        assertThat(valuesOf("")).isEmpty();
        assertThat(valuesOf(List.of())).isEmpty();
        assertThat(valuesOf(Map.of())).isEmpty();
        assertThat(valuesOf(Arrays.asList("", null, "a", List.of()))).containsExactly("a");
    }

    @Test
    void characters_that_a_database_refuses_are_replaced_and_not_left_out() throws Exception {
        assertThat(valuesOf("ad\0min")).containsExactly("ad\uFFFDmin");
        assertThat(valuesOf("a\uD800b"))
                .doesNotContain("ab")
                .allSatisfy(value -> assertThat(value).doesNotContain("\uD800"));
        assertThat(valuesOf("tab\there")).containsExactly("tab\there");
    }

    @Test
    void a_field_that_holds_too_much_fails_the_whole_reading_and_is_named() throws Exception {
        assertThat(valuesOf(Collections.nCopies(1_000, 1))).hasSize(1_000);
        assertThat(valuesOf("x".repeat(65_536))).hasSize(1);

        for (var tooMuch : List.of(Collections.nCopies(1_001, 1), "x".repeat(65_537))) {
            assertThatExceptionOfType(GigyaException.class)
                    .isThrownBy(() -> valuesOf(tooMuch))
                    .withMessageContaining("data.x")
                    .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void an_answer_that_breaks_a_rule_is_an_outage_and_names_the_rule() throws Exception {
        var answers = List.of(
                GigyaTokens.account(KEY, API_KEY, "another", NOW),
                GigyaTokens.account(KEY, "3_other", UID, NOW),
                GigyaTokens.signIn(KEY, API_KEY, UID, NOW),
                account().with("aud", "somebody"),
                GigyaTokens.account(KEY, API_KEY, UID, NOW.minusSeconds(200)).with("exp", NOW.getEpochSecond() + 999));

        for (var answer : answers) {
            gigyaAnswers(answer);
            assertThatExceptionOfType(GigyaException.class)
                    .isThrownBy(() -> read("data.x"))
                    .withNoCause()
                    .withMessageStartingWith("the answer of accounts.getJWT was refused: it")
                    .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void a_failure_of_gigya_keeps_its_kind() throws Exception {
        when(api.getJwt(any()))
                .thenThrow(GigyaException.answered(FailureKind.ACCOUNT_NOT_FOUND, "no account", 403005, "call"));

        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> read("data.x"))
                .matches(failure -> failure.kind() == FailureKind.ACCOUNT_NOT_FOUND);
    }

    private boolean isVerified(String email, String... verified) throws Exception {
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(new AccountInfo(
                        new Uid(UID),
                        true,
                        true,
                        Set.of(verified),
                        Set.of("ada"),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()));
        openSite();
        return reader.addressesOf(new Uid(UID)).isVerified(email);
    }

    @Test
    void an_address_is_verified_if_the_verified_addresses_hold_it_in_any_letter_case() throws Exception {
        assertThat(isVerified("Ada@Example.com", "x@example.com", "ada@EXAMPLE.com"))
                .isTrue();
        assertThat(isVerified("ada@example.com", "x@example.com")).isFalse();
        assertThat(isVerified("ada@example.com")).isFalse();
    }

    @Test
    void every_letter_from_a_to_z_is_the_same_in_both_cases_and_what_stands_beside_them_is_not() throws Exception {
        assertThat(isVerified("ABCDEFGHIJKLMNOPQRSTUVWXYZ@example.com", "abcdefghijklmnopqrstuvwxyz@example.com"))
                .isTrue();
        assertThat(isVerified("a[@example.com", "a{@example.com")).isFalse();
        assertThat(isVerified("a@@example.com", "a`@example.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mike@example.com ",
                "mi\u212Ae@example.com",
                "M\u0130KE@EXAMPLE.COM",
                "m\u0131ke@example.com",
                "mike@example.com\0",
                "\uFF4Dike@example.com",
                "mike@example.co",
                ""
            })
    void an_address_that_only_looks_alike_is_not_verified(String address) throws Exception {
        assertThat(isVerified(address, "mike@example.com")).isFalse();
        assertThat(isVerified("mike@example.com", address)).isFalse();
    }

    @Test
    void an_empty_address_is_never_verified() throws Exception {
        assertThat(isVerified("", "")).isFalse();
    }

    @Test
    void the_state_of_another_account_verifies_nothing() throws Exception {
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(new AccountInfo(
                        new Uid("another"),
                        true,
                        true,
                        Set.of("ada@example.com"),
                        Set.of(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()));

        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> reader.addressesOf(new Uid(UID)).isVerified("ada@example.com"))
                .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE);
    }

    @Test
    void gigya_is_asked_once_and_only_where_somebody_wants_to_know() throws Exception {
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(new AccountInfo(
                        new Uid(UID),
                        true,
                        true,
                        Set.of("ada@example.com"),
                        Set.of("ada"),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()));

        var addresses = reader.addressesOf(new Uid(UID));
        verify(api, never()).getAccountInfo(any());

        assertThat(addresses.isVerified("ada@example.com")).isTrue();
        assertThat(addresses.isLoginId("ADA")).isTrue();
        assertThat(addresses.isLoginId("ada@example.com")).isFalse();
        verify(api, times(1)).getAccountInfo(new Uid(UID));
    }

    @Test
    void what_the_state_of_an_account_told_is_not_asked_for_again() throws Exception {
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(info(UID, Map.of("password", Map.of("created", "2026-11-24T11:00:00Z"))));

        reader.state(new Uid(UID));

        assertThat(reader.addressesOf(new Uid(UID)).isVerified("ada@example.com"))
                .isTrue();
        assertThat(reader.addressesOf(new Uid(UID)).passwordCreated()).hasValue(Instant.parse("2026-11-24T11:00:00Z"));
        assertThat(reader.state(new Uid(UID)).active()).isTrue();
        verify(api, times(1)).getAccountInfo(new Uid(UID));
    }

    @Test
    void fields_that_the_state_was_asked_for_cost_no_further_call_and_others_do() throws Exception {
        gigyaAnswers(account());
        when(api.getAccountInfo(new Uid(UID))).thenReturn(info(UID, Map.of()));
        when(api.getAccountInfo(any(), any())).thenReturn(info(UID, consent(true)));

        reader.state(new Uid(UID));
        assertThat(read(CONSENT).value(GigyaField.parse(CONSENT)))
                .as("asked without it")
                .hasValue("true");

        reader.state(new Uid(UID), Set.of(GigyaField.parse(CONSENT)));
        assertThat(read(CONSENT).value(GigyaField.parse(CONSENT))).hasValue("true");
        verify(api, times(1)).getAccountInfo(any(), any());
    }

    @Test
    void nobody_is_asked_since_when_a_password_is() throws Exception {
        assertThat(reader.addressesOf(new Uid(UID)).passwordCreated()).isEmpty();
        verify(api, never()).getAccountInfo(any());
    }
}
