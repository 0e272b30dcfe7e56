package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.github.keycloakgigya.MessageBundle;
import io.github.keycloakgigya.it.FullBuild;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.signin.LanguagesIT;
import io.github.keycloakgigya.page.Accessibility;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** People with a screen reader, a small window, dark colours or another direction of reading use the page as well. */
class BrowserAccessibilityIT extends InBrowser {

    private static final String DEFAULT_THEME = "keycloak.v2";
    private static final List<String> THEMES = List.of(DEFAULT_THEME, "keycloak", "gigya");
    private static final String STRICT = "strict";
    private static final String MARIA = "maria@example.com";
    // Nothing in it can be broken but by force.
    private static final String LONG_ADDRESS = "maximiliane.katharina.von-und-zu-musterhausen@example.com";

    private final Map<String, GigyaRealm> realms = new HashMap<>();

    BrowserAccessibilityIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm_for_each_theme_and_a_strict_one() {
        THEMES.forEach(theme -> realms.put(theme, realm(representation -> representation.put("loginTheme", theme))));
        // Keycloak's layout has inline scripts; nothing else that is inline may run or be applied.
        var policy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self'; img-src 'self' data:;"
                + " font-src 'self' data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'";
        realms.put(
                STRICT,
                realm(representation ->
                        representation.putObject("browserSecurityHeaders").put("contentSecurityPolicy", policy)));
    }

    @AfterAll
    void delete_the_realms() {
        realms.values().forEach(GigyaRealm::close);
    }

    private GigyaRealm realm(Consumer<ObjectNode> change) {
        var realm = GigyaRealm.create(
                keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), Map.of(), representation -> {
                    LanguagesIT.speakAll(representation);
                    change.accept(representation);
                });
        account(realm, MARIA);
        account(realm, LONG_ADDRESS);
        return realm;
    }

    static Stream<Arguments> looks() {
        return Stream.of(DEFAULT_THEME, "gigya")
                .flatMap(theme -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                        .flatMap(scheme -> PageState.last().map(state -> Arguments.of(theme, scheme, state))));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void axe_finds_nothing(String theme, ColorScheme scheme, PageState last) {
        if (!theme.equals(DEFAULT_THEME) || scheme != ColorScheme.LIGHT) {
            FullBuild.leaveOutOfOthers();
        }
        var window = window(realms.get(theme), new NewContextOptions().setColorScheme(scheme));

        last.reach(window, MARIA, LONG_ADDRESS, state -> hasNoViolations(window, state));
    }

    @ParameterizedTest
    @MethodSource("last")
    void keycloaks_older_theme_keeps_the_guidelines(PageState last) {
        leaveOutWhatIsNotRefused(last);
        // Its layout breaks some of axe's best practices on every page: no landmarks, its own order of tabs.
        var window = window(realms.get("keycloak"));

        last.reach(
                window,
                MARIA,
                LONG_ADDRESS,
                state -> assertThat(new Accessibility(window.page()).wcagViolations())
                        .as("%s", state)
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("last")
    void axe_finds_nothing_in_arabic(PageState last) {
        leaveOutWhatIsNotRefused(last);
        var window = speaking("ar", 1280);

        last.reach(window, MARIA, LONG_ADDRESS, state -> hasNoViolations(window, state));
    }

    static Stream<PageState> last() {
        return PageState.last();
    }

    // On the way to a refusal most of the page is seen.
    private static void leaveOutWhatIsNotRefused(PageState last) {
        if (last != PageState.REFUSED) {
            FullBuild.leaveOutOfOthers();
        }
    }

    private static void hasNoViolations(Window window, PageState state) {
        assertThat(new Accessibility(window.page()).violations())
                .as("%s", state)
                .isEmpty();
    }

    static Stream<Arguments> languages_and_states() {
        return Stream.of("de", "pl", "ja", "ar")
                .flatMap(language -> PageState.last().map(state -> Arguments.of(language, state)));
    }

    @ParameterizedTest
    @MethodSource("languages_and_states")
    void a_window_of_320_pixels_shows_everything_without_scrolling_sideways(String language, PageState last) {
        if (!language.equals("de")) {
            FullBuild.leaveOutOfOthers();
        }
        leaveOutWhatIsNotRefused(last);
        var window = speaking(language, 320);

        last.reach(window, LONG_ADDRESS, MARIA, state -> {
            assertThat(window.page().evaluate("document.documentElement.scrollWidth"))
                    .as("%s", state)
                    .isEqualTo(320);
            assertThat(new Accessibility(window.page()).cutOff())
                    .as("%s", state)
                    .isEmpty();
        });
    }

    @Test
    void an_arabic_page_runs_from_right_to_left() {
        var loading = speaking("ar", 1280);
        PageState.LOADING.reach(loading, MARIA, LONG_ADDRESS);

        assertThat(loading.element("html")).hasAttribute("dir", "rtl");
        assertThat(loading.element("#gigya .gigya-spinner").boundingBox().x)
                .isGreaterThan(loading.element("#gigya-status-text").boundingBox().x);

        var shown = speaking("ar", 1280);
        PageState.SCREEN_SET.reach(shown, MARIA, LONG_ADDRESS);
        shown.picture("login-ar");
        var refused = speaking("ar", 1280);
        PageState.REFUSED.reach(refused, MARIA, LONG_ADDRESS);
        assertThat(refused.element(".kc-feedback-text").first()).hasCSS("direction", "rtl");
        refused.picture("login-ar-refused");
    }

    @Test
    void a_japanese_page_is_japanese() {
        var window = speaking("ja", 1280);

        PageState.FAILED.reach(window, MARIA, LONG_ADDRESS);

        assertThat(window.element("#gigya-error .kc-feedback-text"))
                .hasText(MessageBundle.page("ja").texts().get("gigyaScriptFailed"));
        window.picture("login-ja");
    }

    @Test
    void a_failure_is_explained_in_the_dark() {
        var window = window(realms.get(DEFAULT_THEME), new NewContextOptions().setColorScheme(ColorScheme.DARK));

        PageState.FAILED.reach(window, MARIA, LONG_ADDRESS);

        assertThat(window.element("html")).hasClass(Pattern.compile("pf-v5-theme-dark"));
        assertThat(new Accessibility(window.page()).violations()).isEmpty();
        window.picture("login-dark-failed");
    }

    @Test
    void a_refusal_is_explained_in_a_small_window() {
        var window = speaking("de", 320);

        PageState.REFUSED.reach(window, LONG_ADDRESS, MARIA);

        assertThat(new Accessibility(window.page()).cutOff()).isEmpty();
        window.picture("login-320-refused");
    }

    @ParameterizedTest
    @MethodSource("last")
    void a_policy_that_allows_keycloaks_own_page_and_nothing_else_is_kept(PageState last) {
        leaveOutWhatIsNotRefused(last);
        var window = window(realms.get(STRICT));

        last.reach(window, MARIA, LONG_ADDRESS);

        assertThat(window.problems().stream().filter(problem -> problem.contains("Content Security Policy")))
                .isEmpty();
    }

    private Window speaking(String language, int width) {
        return window(
                realms.get(DEFAULT_THEME),
                new NewContextOptions().setLocale(MessageBundle.tag(language)).setViewportSize(width, 720));
    }
}
