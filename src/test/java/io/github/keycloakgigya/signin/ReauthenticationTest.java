package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

class ReauthenticationTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserModel user = mock(UserModel.class);
    private final NotedLogin login = NotedLogin.begin();
    private final Reauthentication throughProvider = new Reauthentication(session, login.model());
    private final Reauthentication atStep = throughProvider.atStep();

    @BeforeEach
    void log_in_by_openid_connect() {
        var openIdConnect = new OIDCLoginProtocol(mock(OIDCProviderConfig.class));
        when(session.getProvider(LoginProtocol.class, "openid-connect")).thenReturn(openIdConnect);
        var saml = mock(LoginProtocol.class);
        // As SamlProtocol of 26.7 has it, whose libraries are not on the class path of tests.
        when(saml.requireReauthentication(null, login.model()))
                .thenAnswer(call -> "true".equals(login.authNotes().get("SAML_LOGIN_REQUEST_FORCEAUTHN")));
        when(session.getProvider(LoginProtocol.class, "saml")).thenReturn(saml);
        when(login.model().getProtocol()).thenReturn("openid-connect");
        when(login.model().getRealm()).thenReturn(realm);
        when(user.getId()).thenReturn("1");
    }

    @Test
    void an_application_that_demands_nothing_is_content_with_an_open_session() {
        assertThat(throughProvider.isDemanded()).isFalse();
        assertThat(atStep.isDemanded()).isFalse();
    }

    @Test
    void an_application_may_demand_a_new_sign_in_by_openid_connect() {
        login.clientNotes().put("prompt", "login");

        assertThat(throughProvider.isDemanded()).isTrue();
        assertThat(atStep.isDemanded()).isTrue();
    }

    @Test
    void an_application_may_demand_a_new_sign_in_by_saml() {
        when(login.model().getProtocol()).thenReturn("saml");
        assertThat(throughProvider.isDemanded()).isFalse();

        login.authNotes().put("SAML_LOGIN_REQUEST_FORCEAUTHN", "true");

        assertThat(throughProvider.isDemanded()).isTrue();
    }

    @Test
    void a_restart_of_the_login_does_not_lift_what_saml_demanded() {
        when(login.model().getProtocol()).thenReturn("saml");
        LoginBinding.of(login.model()).demandFreshSignIn(Instant.EPOCH);
        login.authNotes().clear();

        assertThat(throughProvider.isDemanded()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"max_age, 3600", "kc_action, UPDATE_PASSWORD"})
    void who_asks_how_old_the_sign_in_is_gets_a_new_one_where_keycloak_has_no_session(String note, String value) {
        login.clientNotes().put(note, value);

        assertThat(throughProvider.isDemanded()).isTrue();
    }

    @Test
    void a_keycloak_session_that_is_too_old_is_renewed_by_its_own_user() {
        login.authNotes().put(AuthenticationManager.FORCED_REAUTHENTICATION, "true");
        when(login.model().getAuthenticatedUser()).thenReturn(user);

        assertThat(throughProvider.isDemanded()).isTrue();
        withSessionOf(user, () -> {
            assertThat(throughProvider.user()).contains(user);
            assertThat(atStep.user()).contains(user);
        });
    }

    @Test
    void a_name_that_comes_after_the_session_is_gone_or_is_not_its_users_renews_nothing() {
        login.authNotes().put(AuthenticationManager.FORCED_REAUTHENTICATION, "true");
        when(login.model().getAuthenticatedUser()).thenReturn(user);
        var another = mock(UserModel.class);
        when(another.getId()).thenReturn("2");

        for (var owner : Arrays.asList(null, another)) {
            withSessionOf(owner, () -> {
                assertThat(throughProvider.user()).isEmpty();
                assertThat(atStep.user()).isEmpty();
                assertThat(atStep.isDemanded()).as("the demand stays").isTrue();
            });
        }
    }

    @Test
    void a_user_whom_an_earlier_step_only_names_renews_nothing() {
        when(login.model().getAuthenticatedUser()).thenReturn(user);

        assertThat(throughProvider.user()).isEmpty();
        assertThat(atStep.user()).isEmpty();
    }

    @Test
    void a_session_of_too_low_a_level_is_renewed_at_a_step_and_not_through_a_provider() {
        haveSessionOfTooLowLevel();

        withSessionOf(user, () -> {
            assertThat(atStep.isDemanded()).isTrue();
            assertThat(atStep.user()).contains(user);
            assertThat(throughProvider.isDemanded()).isFalse();
            assertThat(throughProvider.user()).isEmpty();
        });
    }

    @Test
    void a_session_whose_level_was_enough_is_not_renewed() {
        haveSessionOfTooLowLevel();
        login.authNotes().put("SSO_AUTH", "true");

        assertNothingIsRenewedWithSession();
    }

    @Test
    void a_session_of_no_level_or_of_nobody_is_not_renewed() {
        haveSessionOfTooLowLevel();
        login.authNotes().remove("level-of-authentication");
        assertNothingIsRenewedWithSession();

        haveSessionOfTooLowLevel();
        when(login.model().getAuthenticatedUser()).thenReturn(null);
        assertNothingIsRenewedWithSession();
    }

    @Test
    void a_level_that_an_earlier_step_of_this_login_reached_is_no_session() {
        haveSessionOfTooLowLevel();

        withSessionOf(null, () -> assertThat(atStep.isDemanded()).isFalse());
    }

    private void haveSessionOfTooLowLevel() {
        login.authNotes().put("level-of-authentication", "1");
        when(login.model().getAuthenticatedUser()).thenReturn(user);
    }

    private void assertNothingIsRenewedWithSession() {
        withSessionOf(user, () -> {
            assertThat(atStep.isDemanded()).isFalse();
            assertThat(atStep.user()).isEmpty();
        });
    }

    // Of nobody where the owner is null.
    private void withSessionOf(UserModel owner, Runnable look) {
        var open = owner == null ? null : new AuthResult(owner, null, null, null);
        try (var sessions = mockStatic(AuthenticationManager.class)) {
            sessions.when(() -> AuthenticationManager.authenticateIdentityCookie(session, realm, true))
                    .thenReturn(open);
            look.run();
        }
    }
}
