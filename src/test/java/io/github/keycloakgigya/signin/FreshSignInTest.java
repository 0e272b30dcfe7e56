package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.Reauthentication.FreshSignIn;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreshSignInTest {

    private static final String UID = "uid";
    private static final Instant NOW = Instant.parse("2026-03-01T12:10:00Z");
    private static final Instant DEMANDED = NOW.minusSeconds(300);

    private final GigyaApi api = mock(GigyaApi.class);
    private final AccountReader accounts =
            new AccountReader(api, mock(GigyaTokenVerifier.class), Duration.ofSeconds(60));
    private final FreshSignIn fresh = new FreshSignIn(
            new GigyaConnection(null, api, null, null, accounts, null), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void a_sign_in_since_the_demand_is_fresh() throws GigyaException {
        signedInAt(DEMANDED.plusSeconds(20));

        assertThatCode(() -> fresh.require(DEMANDED, accountAsOf(NOW))).doesNotThrowAnyException();
    }

    @Test
    void a_session_that_was_open_before_is_not() throws GigyaException {
        signedInAt(DEMANDED.minusSeconds(10));

        refused(SignInError.PROOF_EXPIRED, NOW);
    }

    @Test
    void an_account_that_never_signed_in_is_not() throws GigyaException {
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(new AccountInfo(
                        new Uid(UID), true, true, Set.of(), Set.of(), Optional.empty(), Map.of(), Optional.empty()));

        refused(SignInError.PROOF_EXPIRED, NOW);
    }

    @Test
    void gigyas_clock_may_be_behind_keycloaks() throws GigyaException {
        var behind = 600;
        signedInAt(DEMANDED.plusSeconds(20).minusSeconds(behind));

        assertThatCode(() -> fresh.require(DEMANDED, accountAsOf(NOW.minusSeconds(behind))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_clock_of_gigyas_that_is_ahead_makes_no_old_sign_in_fresh() throws GigyaException {
        var ahead = 600;
        signedInAt(DEMANDED.minusSeconds(10).plusSeconds(ahead));

        refused(SignInError.PROOF_EXPIRED, NOW.plusSeconds(ahead));
    }

    @Test
    void what_gigya_can_not_say_is_no_proof() throws GigyaException {
        when(api.getAccountInfo(new Uid(UID))).thenThrow(GigyaException.unavailable("no answer"));

        refused(SignInError.GIGYA_UNAVAILABLE, NOW);
    }

    private void signedInAt(Instant time) throws GigyaException {
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(new AccountInfo(
                        new Uid(UID), true, true, Set.of(), Set.of(), Optional.of(time), Map.of(), Optional.empty()));
    }

    private void refused(SignInError error, Instant gigyaTime) {
        assertThatThrownBy(() -> fresh.require(DEMANDED, accountAsOf(gigyaTime)))
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(error));
    }

    private static GigyaAccount accountAsOf(Instant time) throws GigyaException {
        return GigyaAccount.of(
                new VerifiedToken(UID, time, time.plusSeconds(60), Map.of(), "fingerprint"),
                Optional.empty(),
                Set.of());
    }
}
