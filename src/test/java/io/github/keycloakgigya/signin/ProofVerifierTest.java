package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.LoginBinding.AcceptedTokens;
import io.github.keycloakgigya.signin.ProofForm.Proof;
import io.github.keycloakgigya.signin.ProofVerifier.SpentProofs;
import io.github.keycloakgigya.simulator.RsaApplicationKey;
import io.github.keycloakgigya.token.GigyaKey;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.GigyaTokens;
import io.github.keycloakgigya.token.KeyServer;
import io.github.keycloakgigya.token.KnownRsaKeys;
import io.github.keycloakgigya.token.SettableClock;
import io.github.keycloakgigya.token.SigningKeyCache;
import io.github.keycloakgigya.token.UidSignatureVerifier.SignatureExchanges.SignatureExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProofVerifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MAX_AGE = Duration.ofSeconds(60);
    private static final String API_KEY = "3_" + "a".repeat(64);
    private static final String UID = "0e5712b22b5a42e8be28747b4c076214";
    private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
    private static final GigyaKey KEY = GigyaKey.of("key");
    private static final AcceptedTokens APPS = new AcceptedTokens(Set.of("realm"), true);

    private final SettableClock clock = new SettableClock(NOW);
    private final GigyaApi api = mock(GigyaApi.class);
    private final SignatureExchange exchange = mock(SignatureExchange.class);
    private final SpentProofs spent = mock(SpentProofs.class);
    private final Set<String> used = new HashSet<>();
    private final Map<String, String> site = new HashMap<>(Map.of("apiKey", API_KEY, "secret", SECRET));

    @BeforeEach
    void remember_what_is_used_up() throws Exception {
        doAnswer(call -> {
                    if (!used.add(call.getArgument(0))) {
                        throw SignInException.of(SignInError.PROOF_REPLAYED, "used before");
                    }
                    return null;
                })
                .when(spent)
                .spend(anyString());
        doAnswer(call -> {
                    if (used.contains(call.<String>getArgument(0))) {
                        throw SignInException.of(SignInError.PROOF_REPLAYED, "used before");
                    }
                    return null;
                })
                .when(spent)
                .requireUnspent(anyString());
        accountIs(true, true);
    }

    @Test
    void a_token_proves_its_uid_once() throws Exception {
        var token = tokenOf(signIn());

        assertThat(proven(token, AcceptedTokens.ofSignIns())).isEqualTo(UID);
        refused(SignInError.PROOF_REPLAYED, token, AcceptedTokens.ofSignIns());
    }

    @Test
    void a_door_of_apps_takes_a_token_made_for_the_realm_or_one_of_a_sign_in() throws Exception {
        assertThat(proven(tokenOf(account().with("aud", "realm")), APPS)).isEqualTo(UID);
        assertThat(proven(tokenOf(signIn()), APPS)).isEqualTo(UID);
    }

    @Test
    void a_token_for_somebody_else_is_refused_however_many_kinds_are_taken() throws Exception {
        refused(SignInError.PROOF_INVALID, tokenOf(account().with("aud", "another")), APPS);
        refused(SignInError.PROOF_INVALID, tokenOf(account()), APPS);
        refused(SignInError.PROOF_INVALID, tokenOf(signIn()), AcceptedTokens.madeFor("login"));
        assertThat(used).as("what proves nothing is not used up").isEmpty();
    }

    @Test
    void a_forged_token_is_not_tried_as_another_kind() throws Exception {
        var forged = new Proof.IdToken(account().signedBy(GigyaKey.of("foreign")));

        assertThatThrownBy(() -> proven(forged, APPS)).hasMessage("refused: its signature is wrong");
    }

    @Test
    void an_old_token_tells_that_it_was_good_once() throws Exception {
        var token = tokenOf(signIn());
        clock.advance(Duration.ofSeconds(181));

        refused(SignInError.PROOF_EXPIRED, token, APPS);
    }

    @Test
    void a_token_can_not_be_judged_while_gigyas_keys_can_not_be_had() throws Exception {
        var down = mock(GigyaApi.class);
        when(down.site()).thenReturn(KeyServer.publishing(KEY).site());
        when(down.getJwtPublicKeys()).thenThrow(GigyaException.unavailable("down"));

        assertThatThrownBy(() -> verifier(new GigyaTokenVerifier(
                                new SigningKeyCache(clock, CallObserver.NONE).keysOf(down, CallGate.OPEN), clock))
                        .verify(tokenOf(signIn()), APPS))
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(SignInError.GIGYA_UNAVAILABLE));
    }

    @Test
    void a_uid_that_gigya_signed_with_the_partner_secret_is_proven_once_and_without_an_exchange() throws Exception {
        var proof = new Proof.SignedUid(signedWith(SECRET));

        assertThat(proven(proof, APPS)).isEqualTo(UID);
        refused(SignInError.PROOF_REPLAYED, proof, APPS);
        verifyNoInteractions(exchange);
    }

    @Test
    void a_made_up_signature_costs_no_call() throws Exception {
        refused(SignInError.PROOF_INVALID, new Proof.SignedUid(signedWith("b3RoZXI=")), APPS);

        verify(api, never()).getAccountInfo(any());
        assertThat(used).isEmpty();
    }

    @Test
    void a_signed_uid_of_an_account_that_is_disabled_or_not_finished_signs_nobody_in() throws Exception {
        accountIs(false, true);
        refused(SignInError.ACCOUNT_DISABLED, new Proof.SignedUid(signedWith(SECRET)), APPS);

        used.clear();
        accountIs(true, false);
        refused(SignInError.ACCOUNT_INCOMPLETE, new Proof.SignedUid(signedWith(SECRET)), APPS);
    }

    @Test
    void a_signature_is_used_up_before_gigya_is_asked_for_the_account() throws Exception {
        when(api.getAccountInfo(new Uid(UID))).thenThrow(GigyaException.unavailable("down"));

        refused(SignInError.GIGYA_UNAVAILABLE, new Proof.SignedUid(signedWith(SECRET)), APPS);

        assertThat(used).hasSize(1);
    }

    @Test
    void with_an_application_key_gigya_judges_the_signature_and_answers_with_one_of_its_own() throws Exception {
        site.put("userKey", "AKey");
        var ofBrowser = signedWith("cGFydG5lcg==");
        when(exchange.exchange(ofBrowser)).thenReturn(signedWith(SECRET));

        assertThat(proven(new Proof.SignedUid(ofBrowser), APPS)).isEqualTo(UID);
    }

    @Test
    void an_answer_that_is_not_signed_with_the_application_key_is_gigyas_fault_and_not_the_browsers() throws Exception {
        site.put("userKey", "AKey");
        when(exchange.exchange(any())).thenReturn(signedWith("Zm9yZ2Vk"));

        refused(SignInError.GIGYA_UNAVAILABLE, new Proof.SignedUid(signedWith("cGFydG5lcg==")), APPS);

        assertThat(used).as("it may be tried again").isEmpty();
    }

    @Test
    void a_signature_that_gigya_refuses_proves_nothing() throws Exception {
        site.put("userKey", "AKey");
        when(exchange.exchange(any()))
                .thenThrow(GigyaException.answered(FailureKind.PROOF_REFUSED, "refused", 400006, "call"));

        refused(SignInError.PROOF_INVALID, new Proof.SignedUid(signedWith("cGFydG5lcg==")), APPS);
    }

    @Test
    void gigya_is_not_asked_about_a_signature_that_is_used_or_old() throws Exception {
        site.put("userKey", "AKey");
        var signature = signedWith("cGFydG5lcg==");
        used.add(SpentProofs.fingerprintOf(signature));
        refused(SignInError.PROOF_REPLAYED, new Proof.SignedUid(signature), APPS);

        used.clear();
        clock.advance(Duration.ofSeconds(181));
        refused(SignInError.PROOF_EXPIRED, new Proof.SignedUid(signature), APPS);

        verifyNoInteractions(exchange);
    }

    @Test
    void settings_without_a_shared_secret_can_verify_no_signature() throws Exception {
        var key = RsaApplicationKey.of(KnownRsaKeys.number(14));
        site.putAll(Map.of(
                "authorizationMethod", "bearer",
                "userKey", key.userKey(),
                "secret", key.privateKeyAsPkcs1().replace('\n', ' ')));

        refused(SignInError.GIGYA_MISCONFIGURED, new Proof.SignedUid(signedWith(SECRET)), APPS);
    }

    private static GigyaTokens signIn() {
        return GigyaTokens.signIn(KEY, API_KEY, UID, NOW);
    }

    private static GigyaTokens account() {
        return GigyaTokens.account(KEY, API_KEY, UID, NOW);
    }

    private static Proof tokenOf(GigyaTokens token) {
        return new Proof.IdToken(token.signed());
    }

    private static UidSignature signedWith(String secret) {
        var signature = Secret.parse(secret).hmacSha1(NOW.getEpochSecond() + "_" + UID);
        return new UidSignature(new Uid(UID), Base64.getEncoder().encodeToString(signature), NOW);
    }

    private void accountIs(boolean active, boolean registered) throws GigyaException {
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(new AccountInfo(
                        new Uid(UID),
                        active,
                        registered,
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()));
    }

    private String proven(Proof proof, AcceptedTokens accepted) throws Exception {
        var keys = new SigningKeyCache(clock, CallObserver.NONE).keysOf(KeyServer.publishing(KEY), CallGate.OPEN);
        return verifier(new GigyaTokenVerifier(keys, clock))
                .verify(proof, accepted)
                .value();
    }

    private ProofVerifier verifier(GigyaTokenVerifier tokens) throws SettingsException {
        var settings = SiteSettings.parse(SettingsReader.ofConfig(site), (secret, scope) -> secret);
        return new ProofVerifier(
                new GigyaConnection(settings, api, tokens, exchange, new AccountReader(api, tokens, MAX_AGE), null),
                MAX_AGE,
                spent,
                clock);
    }

    private void refused(SignInError error, Proof proof, AcceptedTokens accepted) {
        assertThatThrownBy(() -> proven(proof, accepted))
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(error));
    }
}
