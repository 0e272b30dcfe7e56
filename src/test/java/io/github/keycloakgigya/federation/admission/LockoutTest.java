package io.github.keycloakgigya.federation.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.admission.AccountAdmission.Lockout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.UserModel;

class LockoutTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserModel user = mock(UserModel.class);
    private final UserLoginFailureModel failures = mock(UserLoginFailureModel.class);

    @BeforeEach
    void protect_the_realm() {
        var store = mock(UserLoginFailureProvider.class);
        when(session.loginFailures()).thenReturn(store);
        when(user.getId()).thenReturn("id");
        when(store.getUserLoginFailure(realm, "id")).thenReturn(failures);
        when(realm.isBruteForceProtected()).thenReturn(true);
    }

    @Test
    void a_user_whom_nothing_keeps_out_is_let_in() {
        assertLetIn();
    }

    @Test
    void a_disabled_user_is_kept_out() {
        assertThatThrownBy(() -> Lockout.requireNone(session, realm, user, false))
                .isInstanceOf(SignInException.class)
                .hasMessage("the user is disabled in Keycloak")
                .satisfies(LockoutTest::isOfDisabledUser);
    }

    @Test
    void a_user_who_is_locked_for_a_while_is_kept_out() {
        when(failures.getFailedLoginNotBefore()).thenReturn(secondsFromNow(60));
        assertLocked();

        when(failures.getFailedLoginNotBefore()).thenReturn(secondsFromNow(-60));
        assertLetIn();
    }

    @Test
    void a_user_who_is_locked_for_good_is_kept_out() {
        when(failures.getNumTemporaryLockouts()).thenReturn(1);
        assertLetIn();

        when(realm.isPermanentLockout()).thenReturn(true);
        assertLocked();

        when(realm.getMaxTemporaryLockouts()).thenReturn(1);
        assertLetIn();
    }

    @Test
    void nobody_is_locked_where_the_realm_does_not_protect_from_guesses() {
        when(failures.getFailedLoginNotBefore()).thenReturn(secondsFromNow(60));
        when(realm.isBruteForceProtected()).thenReturn(false);

        assertLetIn();
    }

    private void assertLetIn() {
        assertThatCode(() -> Lockout.requireNone(session, realm, user, true)).doesNotThrowAnyException();
    }

    private void assertLocked() {
        assertThatThrownBy(() -> Lockout.requireNone(session, realm, user, true))
                .isInstanceOf(SignInException.class)
                .hasMessage("the user is locked after failed sign-ins")
                .satisfies(LockoutTest::isOfDisabledUser);
    }

    private static int secondsFromNow(int seconds) {
        return (int) (Time.currentTimeMillis() / 1000) + seconds;
    }

    private static void isOfDisabledUser(Throwable refusal) {
        assertThat(((SignInException) refusal).error()).isEqualTo(SignInError.ACCOUNT_DISABLED);
    }
}
