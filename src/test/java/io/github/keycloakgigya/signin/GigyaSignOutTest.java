package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.GigyaSignOut.LateSignOut;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;

/** While Gigya is slow, sign-outs queue up, and people sign in again meanwhile. */
class GigyaSignOutTest {

    private static final String UID = "uid";
    private static final Instant SIGNED_OUT = Instant.parse("2026-03-01T12:10:00Z");

    private final GigyaApi api = mock(GigyaApi.class);
    private final AccountReader accounts = mock(AccountReader.class);
    private final GigyaConnection connection = new GigyaConnection(null, api, null, null, accounts, null);
    private final KeycloakSession session = mock(KeycloakSession.class);
    private final Clock clock = mock(Clock.class);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Queue<KeycloakTransaction> transactions = new ArrayDeque<>();
    private Duration gigyasClock = Duration.ZERO;

    @BeforeEach
    void queue_up() throws GigyaException {
        var manager = mock(KeycloakTransactionManager.class);
        var executors = mock(ExecutorsProvider.class);
        var executor = mock(ExecutorService.class);
        when(session.getTransactionManager()).thenReturn(manager);
        when(session.getProvider(ExecutorsProvider.class)).thenReturn(executors);
        when(executors.getExecutor(anyString())).thenReturn(executor);
        doAnswer(call -> waiting.add(call.getArgument(0))).when(executor).execute(any());
        doAnswer(call -> transactions.add(call.getArgument(0))).when(manager).enlistAfterCompletion(any());
        when(clock.instant()).thenReturn(SIGNED_OUT);
        when(accounts.read(new Uid(UID), Set.of()))
                .thenAnswer(call -> accountAsOf(clock.instant().plus(gigyasClock)));
        signedInAt(SIGNED_OUT.minusSeconds(600));
    }

    @Test
    void a_sign_out_that_is_passed_on_at_once_is_one_call() throws GigyaException {
        passedOnAfter(LateSignOut.AT_ONCE);

        verify(api).logout(new Uid(UID));
        verify(api, never()).getAccountInfo(any());
        verifyNoInteractions(accounts);
    }

    @Test
    void nothing_is_passed_on_before_the_commit_or_after_a_rollback() {
        new GigyaSignOut(session, clock).afterCommit(connection, new Uid(UID));
        assertThat(waiting).isEmpty();

        var transaction = transactions.remove();
        transaction.begin();
        transaction.rollback();

        assertThat(waiting).isEmpty();
    }

    @Test
    void one_that_waited_ends_the_session_that_the_person_signed_out_of() throws GigyaException {
        passedOnAfter(Duration.ofSeconds(9));

        verify(api).logout(new Uid(UID));
    }

    @Test
    void one_that_waited_leaves_the_session_alone_that_was_begun_since() throws GigyaException {
        signedInAt(SIGNED_OUT.plusSeconds(2));

        passedOnAfter(Duration.ofSeconds(9));

        verify(api, never()).logout(any());
    }

    @Test
    void gigyas_clock_decides_what_was_begun_since() throws GigyaException {
        gigyasClock = Duration.ofMinutes(-10);
        signedInAt(SIGNED_OUT.plusSeconds(4).plus(gigyasClock));
        passedOnAfter(Duration.ofSeconds(9));
        verify(api, never()).logout(any());

        gigyasClock = Duration.ofMinutes(10);
        signedInAt(SIGNED_OUT.minusSeconds(10).plus(gigyasClock));
        passedOnAfter(Duration.ofSeconds(9));
        verify(api).logout(new Uid(UID));
    }

    @Test
    void one_that_waited_for_too_long_is_given_up() {
        passedOnAfter(LateSignOut.TOO_LATE.plusMillis(1));

        verifyNoInteractions(api, accounts);
    }

    @Test
    void where_the_clock_was_set_back_gigya_is_asked() throws GigyaException {
        signedInAt(SIGNED_OUT.plusSeconds(1));

        passedOnAfter(Duration.ofSeconds(-5));

        verify(api, never()).logout(any());
    }

    @Test
    void where_gigya_can_not_say_nothing_is_ended() throws GigyaException {
        when(api.getAccountInfo(new Uid(UID))).thenThrow(GigyaException.unavailable("no answer"));

        passedOnAfter(Duration.ofSeconds(9));

        verify(api, never()).logout(any());
    }

    @Test
    void no_log_shows_whose_it_is() {
        assertThat(new LateSignOut(connection, new Uid("mail@x.example"), SIGNED_OUT, clock).toString())
                .doesNotContain("mail@x.example");
    }

    private void passedOnAfter(Duration time) {
        when(clock.instant()).thenReturn(SIGNED_OUT);
        new GigyaSignOut(session, clock).afterCommit(connection, new Uid(UID));
        var transaction = transactions.remove();
        transaction.begin();
        transaction.commit();
        when(clock.instant()).thenReturn(SIGNED_OUT.plus(time));
        waiting.remove().run();
    }

    private void signedInAt(Instant time) throws GigyaException {
        when(api.getAccountInfo(new Uid(UID)))
                .thenReturn(new AccountInfo(
                        new Uid(UID), true, true, Set.of(), Set.of(), Optional.of(time), Map.of(), Optional.empty()));
    }

    private static GigyaAccount accountAsOf(Instant time) throws GigyaException {
        return GigyaAccount.of(
                new VerifiedToken(UID, time, time.plusSeconds(60), Map.of(), "fingerprint"),
                Optional.empty(),
                Set.of());
    }
}
