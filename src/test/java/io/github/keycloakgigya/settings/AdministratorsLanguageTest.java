package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.MessageBundle;
import io.github.keycloakgigya.settings.AdminMessages.SettingLabels;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.ThemeManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.theme.Theme;

/** An administrator of the realm {@code master} reads why settings are refused. */
class AdministratorsLanguageTest {

    private static final SettingsException REFUSED =
            new SettingsException("gigyaSettingNumber", new SettingName("readTimeout"), "50", "2500");

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakContext context = mock(KeycloakContext.class);
    private final LocaleSelectorProvider locales = mock(LocaleSelectorProvider.class);
    private final RealmModel master = mock(RealmModel.class);
    private final AccessToken token = new AccessToken();
    private final SettingLabels labels = SettingLabels.of(
            List.of(new ProviderConfigProperty("readTimeout", "gigyaReadTimeout", "", "String", "")), Map.of());

    @BeforeEach
    void sign_an_administrator_in() throws Exception {
        var realms = mock(RealmProvider.class);
        var themes = mock(ThemeManager.class);
        var theme = mock(Theme.class);
        token.issuer("https://id.example.com/realms/master");
        when(session.getContext()).thenReturn(context);
        when(context.getBearerToken()).thenReturn(token);
        when(session.realms()).thenReturn(realms);
        when(realms.getRealmByName("master")).thenReturn(master);
        when(session.getProvider(LocaleSelectorProvider.class)).thenReturn(locales);
        when(locales.resolveLocale(eq(master), any())).thenReturn(Locale.GERMAN);
        when(session.theme()).thenReturn(themes);
        when(themes.getTheme(Theme.Type.ADMIN)).thenReturn(theme);
        when(theme.getMessages(anyString(), any()))
                .thenAnswer(call -> texts(call.getArgument(0), call.getArgument(1, Locale.class)));
    }

    @Test
    void it_is_the_one_that_the_administrator_has_chosen() {
        token.setLocale("fr");

        assertThat(messages().of(REFUSED)).isEqualTo(said("fr"));
    }

    @Test
    void it_is_else_the_one_that_the_console_is_in() {
        assertThat(messages().of(REFUSED)).isEqualTo(said("de"));
    }

    @Test
    void it_is_that_of_the_administrator_where_the_token_is_lightweight_and_names_none() {
        var administrator = mock(UserModel.class);
        var signedIn = mock(UserSessionModel.class);
        when(context.getUserSession()).thenReturn(signedIn);
        when(signedIn.getUser()).thenReturn(administrator);
        when(locales.resolveLocale(master, administrator)).thenReturn(Locale.FRENCH);

        assertThat(messages().of(REFUSED)).isEqualTo(said("fr"));
    }

    @Test
    void it_is_english_where_the_administrators_realm_is_gone_and_where_a_file_is_imported() {
        token.issuer("https://id.example.com/realms/gone");
        assertThat(messages().of(REFUSED)).isEqualTo(said("en"));

        when(context.getBearerToken()).thenReturn(null);
        assertThat(messages().of(REFUSED)).isEqualTo(said("en"));
    }

    @Test
    void a_format_says_the_same_whatever_an_administrator_typed() {
        token.setLocale("en");
        var typed = new SettingsException("gigyaRoleMissing", "it's {0} or readTimeout");

        assertThat(MessageFormat.format(messages().formatOf(typed), (Object[]) null))
                .isEqualTo(messages().of(typed))
                .contains("it's {0} or readTimeout");
    }

    private AdminMessages messages() {
        return new AdminMessages(session, mock(RealmModel.class), labels);
    }

    private static String said(String language) {
        return MessageFormat.format(
                MessageBundle.refusals(language).texts().get("gigyaSettingNumber"),
                MessageBundle.page(language).texts().get("gigyaReadTimeout"),
                "50",
                "2500");
    }

    private static Properties texts(String bundle, Locale locale) {
        var texts = new Properties();
        texts.putAll(new MessageBundle(bundle, locale.getLanguage()).texts());
        return texts;
    }
}
