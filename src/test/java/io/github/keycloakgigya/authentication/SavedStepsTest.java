package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.MessageBundle;
import io.github.keycloakgigya.authentication.StepListenerFactory.SavedSteps;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.Authenticator;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.ThemeManager;
import org.keycloak.representations.AccessToken;
import org.keycloak.theme.Theme;

class SavedStepsTest {

    private static final String CONFIG = "1c2d";
    private static final String STEP = "3e4f";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakContext context = mock(KeycloakContext.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final AuthenticatorConfigModel config = new AuthenticatorConfigModel();
    private final AuthenticationExecutionModel step = new AuthenticationExecutionModel();
    private final SavedSteps steps = new SavedSteps(session);

    @BeforeEach
    void add_a_step_and_two_federations() throws IOException {
        var factories = mock(KeycloakSessionFactory.class);
        var themes = mock(ThemeManager.class);
        var theme = mock(Theme.class);
        var flow = new AuthenticationFlowModel();
        flow.setId("flow");
        config.setId(CONFIG);
        step.setId(STEP);
        step.setAuthenticator("gigya-login");
        step.setAuthenticatorConfig(CONFIG);
        when(session.getContext()).thenReturn(context);
        when(session.theme()).thenReturn(themes);
        when(themes.getTheme(Theme.Type.ADMIN)).thenReturn(theme);
        when(theme.getMessages(anyString(), any()))
                .thenAnswer(call -> texts(call.getArgument(0), call.getArgument(1, Locale.class)));
        when(session.getKeycloakSessionFactory()).thenReturn(factories);
        when(factories.getProviderFactory(Authenticator.class, "gigya-login"))
                .thenReturn(new GigyaAuthenticatorFactory());
        when(factories.getProviderFactory(Authenticator.class, "gigya-direct-grant"))
                .thenReturn(new GigyaDirectGrantFactory());
        when(realm.getId()).thenReturn("realm");
        when(realm.getAuthenticatorConfigById(CONFIG)).thenReturn(config);
        when(realm.getAuthenticationFlowsStream()).thenAnswer(call -> Stream.of(flow));
        when(realm.getAuthenticationExecutionsStream("flow"))
                .thenAnswer(call -> Stream.of(new AuthenticationExecutionModel(), step));
        federations("customers", "members");
        set(Map.of("federationProvider", "members"));
    }

    @Test
    void settings_that_can_be_used_are_not_refused() {
        assertThat(steps.refusal(realm, CONFIG)).isEmpty();
    }

    @Test
    void a_number_out_of_bounds_is_refused_by_the_settings_label() {
        set(Map.of("federationProvider", "members", "proofMaxAgeSeconds", "5000"));

        assertThat(steps.refusal(realm, CONFIG))
                .contains("The setting “Maximum age of a proof (seconds)” must be a whole number from 10 to 600.");
        step.setAuthenticator("gigya-direct-grant");
        assertThat(steps.refusal(realm, CONFIG))
                .contains("The setting “Maximum age of a proof (seconds)” must be a whole number from 10 to 600.");
    }

    @Test
    void the_administrator_reads_it_in_the_language_of_the_own_token() {
        var token = new AccessToken();
        token.setLocale("de");
        when(context.getBearerToken()).thenReturn(token);
        set(Map.of("federationProvider", "members", "proofMaxAgeSeconds", "5000"));

        var label = MessageBundle.page("de").texts().get("gigyaProofMaxAge");
        assertThat(steps.refusal(realm, CONFIG))
                .contains("Die Einstellung „" + label + "“ muss eine ganze Zahl von 10 bis 600 sein.");
    }

    @Test
    void a_federation_that_does_not_exist_is_refused() {
        set(Map.of("federationProvider", "nowhere"));

        assertThat(steps.refusal(realm, CONFIG))
                .contains(
                        "The setting “User federation” can't be used. The realm has no Gigya user federation nowhere.");
    }

    @Test
    void none_that_is_named_is_refused_only_where_several_can_be_meant() {
        set(Map.of("screenSet", "Shop-Login"));
        assertThat(steps.refusal(realm, CONFIG))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("The setting “User federation” can't be used. The realm has several"));

        federations("customers");
        assertThat(steps.refusal(realm, CONFIG)).isEmpty();
        federations();
        assertThat(steps.refusal(realm, CONFIG)).isEmpty();
    }

    @Test
    void a_step_that_is_added_with_settings_is_looked_at() {
        set(Map.of("federationProvider", "nowhere"));
        when(realm.getAuthenticationExecutionById(STEP)).thenReturn(step);

        assertThat(steps.refusal(realm, STEP)).isPresent();
        step.setAuthenticatorConfig(null);
        assertThat(steps.refusal(realm, STEP)).isEmpty();
    }

    @Test
    void settings_of_other_steps_and_of_none_are_let_be() {
        set(Map.of("federationProvider", "nowhere"));
        step.setAuthenticator("identity-provider-redirector");

        assertThat(steps.refusal(realm, CONFIG)).isEmpty();
        assertThat(steps.refusal(realm, "unknown")).isEmpty();
    }

    private void set(Map<String, String> settings) {
        config.setConfig(settings);
    }

    private void federations(String... names) {
        when(realm.getComponentsStream(any(), any()))
                .thenAnswer(call -> Stream.of(names).map(SavedStepsTest::federation));
    }

    private static ComponentModel federation(String name) {
        var component = new ComponentModel();
        component.setId(name + "-id");
        component.setName(name);
        component.setProviderId("gigya");
        return component;
    }

    private static Properties texts(String bundle, Locale locale) {
        var texts = new Properties();
        texts.putAll(new MessageBundle(bundle, locale.getLanguage()).texts());
        return texts;
    }
}
