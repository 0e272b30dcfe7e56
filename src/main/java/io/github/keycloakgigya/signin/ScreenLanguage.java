package io.github.keycloakgigya.signin;

import java.util.Locale;
import java.util.Map;

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

    /** {@return the language for a person's locale} A region stays: sites may have languages of their own, {@code fr-ch} say. */
    static ScreenLanguage of(Locale locale) {
        var tag = locale.toLanguageTag().toLowerCase(Locale.ROOT);
        return new ScreenLanguage(SPELLED_OTHERWISE.getOrDefault(tag, tag));
    }
}
