package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.MessageBundle;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.net.URI;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A running Keycloak finds the texts of every language. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class LanguagesIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;

    public LanguagesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm_of_many_languages() {
        realm = GigyaRealm.create(
                keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), Map.of(), LanguagesIT::speakAll);
        users = new UserAdmin(realm);
        users.allowPasswords();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    public static void speakAll(ObjectNode realm) {
        var tags = realm.putArray("supportedLocales");
        languages().forEach(language -> tags.add(MessageBundle.tag(language)));
    }

    static List<String> languages() {
        return MessageBundle.allLanguages();
    }

    static List<String> consoleLanguages() {
        return MessageBundle.consoleLanguages();
    }

    @Test
    void where_keycloak_speaks_a_language_that_the_page_lacks_the_whole_page_is_english() {
        realm.admin()
                .put("realms/" + realm.name(), Json.parse("{\"supportedLocales\": [\"en\", \"th\"]}"))
                .succeeded();
        try {
            var page = realm.visit(Map.of("ui_locales", "th")).page();

            assertThat(page.html().selectFirst("html").attr("lang")).isEqualTo("en");
            assertThat(page.text()).contains("Sign in to your account", "Cancel");
            assertThat(GigyaPage.of(page).settings())
                    .containsEntry("lang", "en")
                    .containsEntry("text-loading", "The sign-in form is loading …");
        } finally {
            var all = Json.parse("{}");
            speakAll((ObjectNode) all);
            realm.admin().put("realms/" + realm.name(), all).succeeded();
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_person_reads_the_page_in_the_own_language_and_gigya_is_told_which(String language) {
        var tag = MessageBundle.tag(language);
        var texts = MessageBundle.page(language).texts();

        var page = realm.visit(Map.of("ui_locales", tag)).page();

        assertThat(page.html().selectFirst("html").attr("lang")).isEqualTo(tag);
        assertThat(page.html().selectFirst("html").attr("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
        assertThat(GigyaPage.of(page).settings())
                .containsEntry("lang", tag.toLowerCase())
                .containsEntry("text-loading", texts.get("gigyaLoading"))
                .containsEntry("text-failed", texts.get("gigyaFailed"));
        assertThat(page.text()).contains(texts.get("gigyaUseAnotherAccount"));
    }

    @Test
    void a_text_of_the_realm_wins_over_the_jars() {
        var texts = Json.parse("{\"gigyaLoading\": \"Einen Augenblick\"}");
        realm.admin().post(users.path("localization/de"), texts).succeeded();

        var german = GigyaPage.of(realm.visit(Map.of("ui_locales", "de")).page());

        assertThat(german.settings()).containsEntry("text-loading", "Einen Augenblick");
        realm.admin().delete(users.path("localization/de")).succeeded();
    }

    @ParameterizedTest
    @MethodSource("consoleLanguages")
    void the_admin_console_labels_settings_in_the_administrators_language(String language) {
        var texts = MessageBundle.page(language).texts();

        var browser = HttpBrowser.of(keycloak.address());
        var answer = browser.once(browser.request(
                        URI.create(keycloak.address() + "/resources/master/admin/" + MessageBundle.tag(language)))
                .setHeader("Accept", "application/json")
                .build());

        assertThat(Json.parse(answer.body())).anySatisfy(text -> {
            assertThat(text.path("key").asText()).isEqualTo("gigyaMissingAccountPolicyHelp");
            assertThat(text.path("value").asText()).isEqualTo(texts.get("gigyaMissingAccountPolicyHelp"));
        });
    }

    @ParameterizedTest
    @MethodSource("consoleLanguages")
    void an_administrator_is_refused_in_the_own_language(String language) {
        var administrator = RealmAdministrator.create(
                users, realm, "admin-" + language.toLowerCase(), "realm-admin", MessageBundle.tag(language));
        var path = users.path("components/" + realm.componentId());
        var component = (ObjectNode) realm.admin().get(path).succeeded().body();
        ((ObjectNode) component.get("config")).putArray("apiKey").add("1_nonsense");

        var answer = administrator.send("PUT", path, component.toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("errorMessage").asText())
                .isEqualTo(MessageFormat.format(
                        MessageBundle.refusals(language).texts().get("gigyaApiKeyInvalid"),
                        MessageBundle.page(language).texts().get("gigyaApiKey")));
    }
}
