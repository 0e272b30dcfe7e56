package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Format;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every language says what English says. */
class TranslationsTest {

    private static final Map<String, Set<String>> SAME_WORD_AS_IN_ENGLISH = Map.of(
            "cs", Set.of("gigyaMapperRole"),
            "de", Set.of("gigyaMapperValue"),
            "fr", Set.of("gigyaSecret", "gigyaMapperCondition"),
            "it", Set.of("gigyaDataCenter"),
            "pt_BR", Set.of("gigyaDataCenter"));
    private static final Map<String, Pattern> OWN_SCRIPT = Map.of(
            "ar", Pattern.compile("\\p{IsArabic}"),
            "el", Pattern.compile("\\p{IsGreek}"),
            "ja", Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}]"),
            "ko", Pattern.compile("\\p{IsHangul}"),
            "ru", Pattern.compile("\\p{IsCyrillic}"),
            "uk", Pattern.compile("\\p{IsCyrillic}"),
            "zh_CN", Pattern.compile("\\p{IsHan}"));
    // The page shows these texts of Keycloak's own. Where Keycloak lacks one, it is among ours, which never go before
    // its own.
    private static final Set<String> OF_KEYCLOAK = Set.of("loginAccountTitle", "doTryAgain", "doCancel");
    private static final Pattern ENGLISH_WORD = Pattern.compile("\\b(the|with|this|which|must)\\b");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    // What is typed or chosen as it is: a value that is explained ("keep: nothing"), a field, an attribute.
    private static final Pattern NAME =
            Pattern.compile("(?:(?<=^|\\. )[a-z]\\w*(?=:))|\\b[a-z]+[A-Z]\\w*|\\b[a-z]+\\.[a-zA-Z.]+\\b|-----\\w+");
    private static final Pattern QUOTED_LABEL = Pattern.compile("[\"“]([A-Z][a-z][^\"”]*)[\"”]");
    private static final String UNQUOTED = "''|'[{]'|'[}]'";

    private static final Pattern OF_PAGE = Pattern.compile(
            "gigya(?:Error[A-Z].*|Password(?!Check|Transfer).*|ScriptFailed|Failed|SiteRefused|NoScript|Loading|SigningIn"
                    + "|UseAnotherAccount|SignedInAs|NotYou|-login-.*)");

    @Test
    void the_admin_console_speaks_thirteen_languages_and_the_page_more() {
        assertThat(MessageBundle.consoleLanguages())
                .containsExactly("ar", "cs", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "sv", "zh_CN");
        assertThat(MessageBundle.allLanguages())
                .containsAll(MessageBundle.consoleLanguages())
                .hasSize(26);
    }

    @Test
    void the_manual_names_them_all() throws IOException {
        assertThat(Files.readString(Path.of("docs/customising.md")))
                .contains(MessageBundle.allLanguages().stream()
                        .map(language -> "`" + MessageBundle.tag(language) + "`")
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("languages")
    void keycloak_speaks_the_language_too(String language) {
        assertThat(keycloaksTexts(language)).isNotNull();
    }

    private static InputStream keycloaksTexts(String language) {
        // Keycloak shows its own Simplified Chinese to whoever asks for zh-CN, but ours only under that name.
        var keycloaks = language.equals("zh_CN") ? "zh_Hans" : language;
        return TranslationsTest.class.getResourceAsStream(
                "/theme/base/login/messages/messages_" + keycloaks + ".properties");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void what_keycloak_lacks_of_the_page_is_among_ours(String language) throws IOException {
        var keycloaks = new Properties();
        try (var texts = new InputStreamReader(keycloaksTexts(language), StandardCharsets.UTF_8)) {
            keycloaks.load(texts);
        }

        assertThat(OF_KEYCLOAK.stream().filter(key -> !keycloaks.containsKey(key)))
                .hasSameElementsAs(MessageBundle.page(language).texts().keySet().stream()
                        .filter(OF_KEYCLOAK::contains)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void nothing_is_missing_and_nothing_is_left_over(MessageBundle bundle) {
        assertThat(bundle.texts().keySet().stream().filter(key -> !OF_KEYCLOAK.contains(key)))
                .hasSameElementsAs(bundle.english().texts().keySet().stream()
                        .filter(key -> isSpoken(bundle) || OF_PAGE.matcher(key).matches())
                        .collect(Collectors.toSet()));
    }

    private static boolean isSpoken(MessageBundle bundle) {
        return MessageBundle.consoleLanguages().contains(bundle.language());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void a_text_is_plain(MessageBundle bundle) {
        assertThat(bundle.texts())
                .allSatisfy((key, text) -> assertThat(text)
                        .as(
                                "%s: no markup, no blanks too many, no character that can't be seen but the mark that tells"
                                        + " right-to-left",
                                key)
                        .isNotBlank()
                        .isEqualTo(text.strip())
                        .doesNotContain("  ")
                        .doesNotContainPattern("[<>]|&\\w+;")
                        .doesNotContainPattern("[\\p{C}&&[^\\u200F]]"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_text_of_the_page_reaches_the_person_as_written(String language) {
        assertThat(MessageBundle.page(language).texts())
                .allSatisfy((key, text) -> assertThat(text)
                        .as("%s: a message format swallows straight apostrophes and braces", key)
                        .doesNotContainPattern("['{}]"));
    }

    @ParameterizedTest
    @MethodSource("consoleLanguages")
    void a_refusal_shows_its_parameters(String language) {
        var english = MessageBundle.refusals("en").texts();

        assertThat(MessageBundle.refusals(language).texts()).allSatisfy((key, text) -> {
            assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.get(key)));
            assertThat(text.replaceAll(UNQUOTED, ""))
                    .as("%s: apostrophes are doubled, or quote a brace", key)
                    .doesNotContain("'");
        });
    }

    @ParameterizedTest
    @MethodSource("translations")
    void nothing_is_left_in_english(MessageBundle bundle) {
        var english = bundle.english().texts();
        var same = SAME_WORD_AS_IN_ENGLISH.getOrDefault(bundle.language(), Set.of());
        var script = OWN_SCRIPT.getOrDefault(bundle.language(), Pattern.compile("\\p{IsLatin}"));

        assertThat(bundle.texts()).allSatisfy((key, text) -> {
            assertThat(text.equals(english.get(key))).as("%s is English", key).isEqualTo(same.contains(key));
            assertThat(text).as(key).containsPattern(script).doesNotContainPattern(ENGLISH_WORD);
        });
    }

    @ParameterizedTest
    @MethodSource("translations")
    void numbers_and_names_stay_as_they_are(MessageBundle bundle) {
        var english = bundle.english().texts();

        assertThat(bundle.texts()).allSatisfy((key, text) -> {
            var inEnglish = english.getOrDefault(key, "");
            assertThat(found(NUMBER, text)).as(key).isEqualTo(found(NUMBER, inEnglish));
            assertThat(found(NAME, inEnglish))
                    .as(key)
                    .allSatisfy(name -> assertThat(text).contains(name));
        });
    }

    @ParameterizedTest
    @MethodSource("translations")
    void a_button_or_setting_is_called_as_it_is_labelled(MessageBundle bundle) {
        var labels = MessageBundle.page("en").texts();
        var translatedLabels = MessageBundle.page(bundle.language()).texts();

        bundle.english().texts().entrySet().stream()
                .filter(english -> bundle.texts().containsKey(english.getKey()))
                .forEach(english -> QUOTED_LABEL
                        .matcher(english.getValue())
                        .results()
                        .flatMap(quoted -> labels.keySet().stream()
                                .filter(label -> labels.get(label).equals(quoted.group(1))))
                        .forEach(label -> assertThat(bundle.texts().get(english.getKey()))
                                .as(english.getKey())
                                .contains(translatedLabels.get(label))));
    }

    static List<String> languages() {
        return MessageBundle.allLanguages();
    }

    static Stream<MessageBundle> bundles() {
        return Stream.concat(
                languages().stream().map(MessageBundle::page),
                consoleLanguages().stream().map(MessageBundle::refusals));
    }

    static List<String> consoleLanguages() {
        return MessageBundle.consoleLanguages();
    }

    static Stream<MessageBundle> translations() {
        return bundles().filter(bundle -> !bundle.language().equals("en"));
    }

    // Which parameters are shown, how often, and as what: a plural form is a format of its own.
    private static List<String> placeholders(String text) {
        var format = new MessageFormat(text, Locale.ROOT);
        var kinds = Arrays.stream(format.getFormatsByArgumentIndex()).map(TranslationsTest::kind);
        var shown = Arrays.stream(format.getFormats()).map(TranslationsTest::kind);
        return Stream.concat(kinds, shown).toList();
    }

    private static String kind(Format format) {
        return format == null ? "text" : format.getClass().getSimpleName();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).sorted().toList();
    }
}
