package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.MessageBundle;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.ThemeManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.theme.Theme;

class PageLanguageTest {

    private static final String CHOSEN = "locale_user_requested";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakContext context = mock(KeycloakContext.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final Theme theme = mock(Theme.class);
    private final AuthenticationSessionModel login = NotedLogin.begin().model();

    @BeforeEach
    void have_a_theme_with_english_texts() throws IOException {
        var themes = mock(ThemeManager.class);
        when(session.getContext()).thenReturn(context);
        when(context.getRealm()).thenReturn(realm);
        when(session.theme()).thenReturn(themes);
        when(themes.getTheme(Theme.Type.LOGIN)).thenReturn(theme);
        when(theme.getEnhancedMessages(any(), any())).thenReturn(texts("Loading"));
    }

    @Test
    void it_knows_the_languages_of_the_jar() {
        assertThat(PageLanguage.OWN)
                .containsExactlyInAnyOrderElementsOf(MessageBundle.allLanguages().stream()
                        .map(MessageBundle::tag)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "de-CH", "pt-BR", "pt", "sk", "zh-CN"})
    void a_page_in_a_language_of_the_jar_is_made_as_it_is(String tag) throws IOException {
        speak(tag);

        assertThat(noteWhileMade()).isNull();
        verify(theme, never()).getEnhancedMessages(any(), any());
    }

    @Test
    void a_page_in_another_language_is_english_as_a_whole_and_the_persons_choice_stays() {
        speak("th");
        login.setAuthNote(CHOSEN, "th");

        assertThat(noteWhileMade()).isEqualTo("en");
        assertThat(login.getAuthNote(CHOSEN)).isEqualTo("th");
    }

    @Test
    void or_in_the_realms_default_language_and_who_chose_none_has_chosen_none() {
        speak("th");
        when(realm.getDefaultLocale()).thenReturn("fr");

        assertThat(noteWhileMade()).isEqualTo("fr");
        assertThat(login.getAuthNote(CHOSEN)).isNull();
    }

    @Test
    void a_default_language_that_the_jar_lacks_is_no_help() {
        speak("th");
        when(realm.getDefaultLocale()).thenReturn("eu");

        assertThat(noteWhileMade()).isEqualTo("en");
    }

    @Test
    void texts_that_a_realm_or_a_theme_has_in_that_language_are_shown() throws IOException {
        speak("th");
        when(theme.getEnhancedMessages(realm, Locale.forLanguageTag("th"))).thenReturn(texts("กำลังโหลด"));

        assertThat(noteWhileMade()).isNull();
    }

    @Test
    void the_choice_stays_where_the_page_fails() {
        speak("th");
        login.setAuthNote(CHOSEN, "th");

        assertThatThrownBy(() -> new PageLanguage(session).of(login, Optional.empty(), () -> {
                    throw new IllegalStateException("no page");
                }))
                .hasMessage("no page");
        assertThat(login.getAuthNote(CHOSEN)).isEqualTo("th");
    }

    private void speak(String tag) {
        when(context.resolveLocale(null)).thenReturn(Locale.forLanguageTag(tag));
    }

    private String noteWhileMade() {
        return new PageLanguage(session)
                .of(login, Optional.empty(), () -> Optional.ofNullable(login.getAuthNote(CHOSEN)))
                .orElse(null);
    }

    private static Properties texts(String loading) {
        var texts = new Properties();
        texts.setProperty("gigyaLoading", loading);
        return texts;
    }
}
