package io.github.keycloakgigya.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.theme.Theme;

/**
 * The language of a whole page. Keycloak speaks more languages than the jar; in one of these, a page would be half in
 * English. So all of it is in the realm's default language then, or in English.
 */
record PageLanguage(KeycloakSession session) {

    /** The languages of the jar, as browsers spell them. */
    static final Set<String> OWN = Set.of(
            "ar", "ca", "cs", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "ja", "ko", "nl", "no", "pl", "pt",
            "pt-BR", "ro", "ru", "sk", "sv", "tr", "uk", "zh-CN");

    // Stands for all of them: who translates one for a realm or a theme translates all.
    private static final String TEXT = "gigyaLoading";

    /**
     * {@return a page in one language}
     *
     * @param login in which Keycloak notes what language a person has chosen
     * @param known who is known to sign in, and may have a language
     * @param page makes the page
     */
    <T> T of(AuthenticationSessionModel login, Optional<UserModel> known, Supplier<T> page) {
        var locale = session.getContext().resolveLocale(known.orElse(null));
        if (speaks(locale)) {
            return page.get();
        }
        var chosen = login.getAuthNote(LocaleSelectorProvider.USER_REQUEST_LOCALE);
        login.setAuthNote(LocaleSelectorProvider.USER_REQUEST_LOCALE, other());
        try {
            return page.get();
        } finally {
            if (chosen == null) {
                login.removeAuthNote(LocaleSelectorProvider.USER_REQUEST_LOCALE);
            } else {
                login.setAuthNote(LocaleSelectorProvider.USER_REQUEST_LOCALE, chosen);
            }
        }
    }

    private String other() {
        var ofRealm = session.getContext().getRealm().getDefaultLocale();
        return ofRealm != null && isOwn(Locale.forLanguageTag(ofRealm)) ? ofRealm : "en";
    }

    // A realm or a theme may have texts of its own.
    private boolean speaks(Locale locale) {
        return isOwn(locale) || !text(locale).equals(text(Locale.ENGLISH));
    }

    private static boolean isOwn(Locale locale) {
        return OWN.contains(locale.toLanguageTag()) || OWN.contains(locale.getLanguage());
    }

    private String text(Locale locale) {
        try {
            var theme = session.theme().getTheme(Theme.Type.LOGIN);
            Properties texts = theme.getEnhancedMessages(session.getContext().getRealm(), locale);
            return texts.getProperty(TEXT, "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * The language of a screen-set, as Gigya spells it.
     *
     * @param code in lower case, such as {@code de}, {@code pt-br} or {@code zh-cn}
     */
    record ScreenLanguage(String code) {

        // The codes are those of getGigyaLanguages() in the vendor's modules (gigya/Magento-2, gigya/drupal8).
        private static final Map<String, String> SPELLED_OTHERWISE = Map.of(
                "zh", "zh-cn",
                "zh-hans", "zh-cn",
                "zh-hant", "zh-tw",
                "nb", "no",
                "nn", "no");

        /**
         * {@return the language for a person's locale} A region stays: sites may have languages of their own,
         * {@code fr-ch} say.
         */
        static ScreenLanguage of(Locale locale) {
            var tag = locale.toLanguageTag().toLowerCase(Locale.ROOT);
            return new ScreenLanguage(SPELLED_OTHERWISE.getOrDefault(tag, tag));
        }
    }
}
