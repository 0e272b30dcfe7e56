package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.token.SettableClock;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersOptions;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.mockito.ArgumentCaptor;

class SignInPageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String API_KEY = "3_" + "a".repeat(64);

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakContext context = mock(KeycloakContext.class);
    private final SecurityHeadersOptions keycloaksHeaders = mock(SecurityHeadersOptions.class);
    private final LoginFormsProvider form = mock(LoginFormsProvider.class);
    private final Response rendered = mock(Response.class);
    private final NotedLogin login = NotedLogin.begin();
    private final LoginBinding binding = LoginBinding.of(login.model());
    private final Map<String, String> settings = new HashMap<>();
    private final UserModel ann = mock(UserModel.class);

    @BeforeEach
    void have_a_realm() {
        var realm = mock(RealmModel.class);
        var headers = mock(SecurityHeadersProvider.class);
        when(session.getContext()).thenReturn(context);
        when(context.getRealm()).thenReturn(realm);
        when(context.resolveLocale(any())).thenReturn(Locale.forLanguageTag("pt-BR"));
        when(realm.getBrowserSecurityHeaders()).thenReturn(Map.of());
        when(session.getProvider(SecurityHeadersProvider.class)).thenReturn(headers);
        when(headers.options()).thenReturn(keycloaksHeaders);
        when(form.createForm("gigya-login.ftl")).thenReturn(rendered);
        when(ann.getUsername()).thenReturn("ann");
        when(ann.getEmail()).thenReturn("ann@example.com");
    }

    @Test
    void the_page_is_told_what_it_needs_to_show_the_screen_set() throws Exception {
        var page = render(Optional.empty(), false, Optional.empty());

        assertThat(page)
                .containsEntry("apiKey", API_KEY)
                .containsEntry("screenSet", "Default-RegistrationLogin")
                .containsEntry("startScreen", "gigya-login-screen")
                .containsEntry("proof", "idToken")
                .containsEntry("audience", binding.audience().orElseThrow())
                .containsEntry("tokenLifetime", 60L)
                .containsEntry("lang", "pt-br")
                .containsEntry("authFlow", "popup")
                .containsEntry("fresh", false)
                .containsEntry("auto", true)
                .containsEntry("loginHint", "")
                .containsEntry("signedInAs", "")
                .containsEntry("refreshUrl", "https://id.example.com/again");
        assertThat(page.get("scriptUrl").toString()).startsWith("https://");
        assertThat(binding.freshSince()).isEmpty();
    }

    @Test
    void keycloaks_headers_stay_until_the_page_is_rendered_since_an_error_page_needs_them() throws Exception {
        render(Optional.empty(), false, Optional.empty());

        var order = inOrder(form, keycloaksHeaders);
        order.verify(form).setResponseHeader(eq("Content-Security-Policy"), any());
        order.verify(form).createForm("gigya-login.ftl");
        order.verify(keycloaksHeaders).skipHeaders();
    }

    @Test
    void what_went_wrong_is_shown_and_an_open_session_is_not_picked_up_without_a_click() throws Exception {
        var page =
                render(Optional.empty(), false, Optional.of(SignInException.of(SignInError.PROOF_EXPIRED, "too old")));

        verify(form).setError("gigyaErrorProofExpired");
        assertThat(page).containsEntry("auto", false);
    }

    @Test
    void a_signature_that_another_tab_has_used_is_asked_for_again_once_in_a_login() throws Exception {
        var replayed = Optional.of(SignInException.of(SignInError.PROOF_REPLAYED, "used before"));
        assertThat(render(Optional.empty(), false, replayed)).containsEntry("again", false);

        settings.put("loginProof", "uidSignature");
        assertThat(render(
                        Optional.empty(), false, Optional.of(SignInException.of(SignInError.PROOF_EXPIRED, "too old"))))
                .containsEntry("again", false);
        assertThat(render(Optional.empty(), false, replayed)).containsEntry("again", true);
        assertThat(render(Optional.empty(), false, replayed)).containsEntry("again", false);
    }

    @Test
    void a_page_after_which_nothing_went_wrong_shows_no_error() throws Exception {
        render(Optional.empty(), false, Optional.empty());

        verify(form, never()).setError(any());
    }

    @Test
    void a_demand_for_a_new_sign_in_is_remembered_in_the_login() throws Exception {
        assertThat(render(Optional.empty(), true, Optional.empty())).containsEntry("fresh", true);

        assertThat(binding.freshSince()).contains(NOW);
    }

    @Test
    void a_proof_that_can_not_be_bound_to_the_login_has_no_audience() throws Exception {
        settings.put("bindProofToSession", "false");
        assertThat(render(Optional.empty(), false, Optional.empty())).containsEntry("audience", "");

        settings.put("bindProofToSession", "true");
        settings.put("loginProof", "uidSignature");
        assertThat(render(Optional.empty(), false, Optional.empty())).containsEntry("audience", "");
    }

    @Test
    void who_renews_an_open_session_is_named() throws Exception {
        assertThat(render(Optional.of(ann), true, Optional.empty()))
                .containsEntry("signedInAs", "ann")
                .containsEntry("loginHint", "ann@example.com");
        assertThat(SignInPage.namesSomebody(login.model(), Optional.of(ann))).isTrue();
    }

    @Test
    void a_user_without_an_address_is_named_all_the_same() {
        when(ann.getEmail()).thenReturn(null);

        assertThat(SignInPage.namesSomebody(login.model(), Optional.of(ann))).isTrue();
    }

    @Test
    void what_an_earlier_step_or_the_application_was_told_is_repeated() throws Exception {
        assertThat(SignInPage.namesSomebody(login.model(), Optional.empty())).isFalse();

        login.clientNotes().put("login_hint", "hint@example.com");
        assertThat(render(Optional.empty(), false, Optional.empty())).containsEntry("loginHint", "hint@example.com");
        assertThat(SignInPage.namesSomebody(login.model(), Optional.empty())).isTrue();

        login.authNotes().put("ATTEMPTED_USERNAME", "typed");
        assertThat(render(Optional.empty(), false, Optional.empty())).containsEntry("loginHint", "typed");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> render(Optional<UserModel> known, boolean fresh, Optional<SignInException> failure)
            throws Exception {
        var site = SiteSettings.parse(
                SettingsReader.ofConfig(Map.of("apiKey", API_KEY, "secret", "c2VjcmV0")), (secret, scope) -> secret);
        var page = new SignInPage(
                session,
                site,
                SignInSettings.parse(SettingsReader.ofConfig(settings)),
                binding,
                new SettableClock(NOW));
        assertThat(page.render(login.model(), form, URI.create("https://id.example.com/again"), known, fresh, failure))
                .isSameAs(rendered);
        var shown = ArgumentCaptor.forClass(Map.class);
        verify(form, atLeastOnce()).setAttribute(eq("gigya"), shown.capture());
        return shown.getValue();
    }
}
