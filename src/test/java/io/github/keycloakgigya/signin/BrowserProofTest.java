package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.ProofVerifier.SpentProofs;
import io.github.keycloakgigya.token.GigyaKey;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.GigyaTokens;
import io.github.keycloakgigya.token.KeyServer;
import io.github.keycloakgigya.token.SettableClock;
import io.github.keycloakgigya.token.SigningKeyCache;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.SingleUseObjectProvider;

class BrowserProofTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String API_KEY = "3_" + "a".repeat(64);
    private static final String UID = "0e5712b22b5a42e8be28747b4c076214";
    private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
    private static final GigyaKey KEY = GigyaKey.of("key");

    private final SettableClock clock = new SettableClock(NOW);
    private final KeycloakSession session = mock(KeycloakSession.class);
    private final GigyaApi api = mock(GigyaApi.class);
    private final LoginBinding binding = LoginBinding.of(NotedLogin.begin().model());
    private final Map<String, String> settings = new HashMap<>();
    private final MultivaluedHashMap<String, String> form = new MultivaluedHashMap<>();

    @BeforeEach
    void have_a_site_and_a_store() throws GigyaException {
        var store = mock(SingleUseObjectProvider.class);
        when(session.getProvider(SingleUseObjectProvider.class)).thenReturn(store);
        when(session.getTransactionManager()).thenReturn(mock(KeycloakTransactionManager.class));
        var factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenReturn(session);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        when(store.putIfAbsent(anyString(), anyLong())).thenReturn(true);
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(new AccountInfo(
                        new Uid(UID), true, true, Set.of(), Set.of(), Optional.empty(), Map.of(), Optional.empty()));
    }

    @Test
    void a_token_made_for_this_login_proves_a_sign_in() throws Exception {
        post(account().with("aud", binding.newOrKnownAudience()));

        assertThat(uid()).isEqualTo(UID);
    }

    @Test
    void a_token_made_for_another_login_or_for_none_proves_nothing() {
        binding.newOrKnownAudience();

        post(account().with("aud", "keycloak-another"));
        refused("refused: its audience is another");
        post(account());
        refused("refused: its audience is another");
        post(signIn());
        refused("refused: it is another kind of token");
    }

    @Test
    void a_login_whose_page_was_never_shown_takes_no_token() {
        post(account().with("aud", "keycloak-guessed"));

        refused("this login's page was not shown before it was posted");
    }

    @Test
    void where_tokens_are_not_bound_that_of_a_sign_in_will_do() throws Exception {
        settings.put("bindProofToSession", "false");
        post(signIn());

        assertThat(uid()).isEqualTo(UID);
    }

    @Test
    void a_signed_uid_can_not_be_bound_and_needs_no_page() throws Exception {
        settings.put("loginProof", "uidSignature");
        form.putSingle("UID", UID);
        form.putSingle("signatureTimestamp", Long.toString(NOW.getEpochSecond()));
        form.putSingle(
                "UIDSignature",
                Base64.getEncoder().encodeToString(Secret.parse(SECRET).hmacSha1(NOW.getEpochSecond() + "_" + UID)));

        assertThat(uid()).isEqualTo(UID);
    }

    private static GigyaTokens signIn() {
        return GigyaTokens.signIn(KEY, API_KEY, UID, NOW);
    }

    private static GigyaTokens account() {
        return GigyaTokens.account(KEY, API_KEY, UID, NOW);
    }

    private void post(GigyaTokens token) {
        form.putSingle("id_token", token.signed());
    }

    private void refused(String why) {
        assertThatThrownBy(this::uid).isInstanceOf(SignInException.class).hasMessage(why);
    }

    private String uid() throws Exception {
        var site = SiteSettings.parse(
                SettingsReader.ofConfig(Map.of("apiKey", API_KEY, "secret", SECRET)), (secret, scope) -> secret);
        var keys = new SigningKeyCache(clock, CallObserver.NONE).keysOf(KeyServer.publishing(KEY), CallGate.OPEN);
        var tokens = new GigyaTokenVerifier(keys, clock);
        var connection = new GigyaConnection(
                site, api, tokens, null, new AccountReader(api, tokens, Duration.ofSeconds(60)), null);
        var ofDoor = SignInSettings.parse(SettingsReader.ofConfig(settings));
        return new ProofVerifier(connection, ofDoor.proofMaxAge(), new SpentProofs(session), clock)
                .verify(form, ofDoor, binding)
                .value();
    }
}
