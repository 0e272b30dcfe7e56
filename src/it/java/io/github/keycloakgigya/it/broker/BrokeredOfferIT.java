package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is offered the identity provider, and what applications may ask of it. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokeredOfferIT {

    private static final String OFFER = "#social-" + BrokeredRealm.ALIAS;

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;

    BrokeredOfferIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of());
    }

    @BeforeEach
    void offer_it_to_everybody() {
        realm.configure(Map.of("$enabled", "true", "$linkOnly", "false", "$hideOnLogin", "false"));
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void the_login_page_offers_it() {
        assertThat(realm.realm().login().begin().has(OFFER)).isTrue();
    }

    @Test
    void hidden_on_the_login_page_it_is_there_for_applications_that_ask_for_it() {
        realm.configure(Map.of("$hideOnLogin", "true"));

        assertThat(realm.realm().login().begin().has(OFFER)).isFalse();
        assertThat(GigyaPage.isOn(realm.visit().page())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "$linkOnly, true, Could not send authentication request to identity provider.",
        "$enabled, false, Username or email"
    })
    void who_may_not_be_offered_it_does_not_get_there_by_a_hint(String setting, String value, String text) {
        realm.configure(Map.of(setting, value));

        assertThat(realm.realm().login().begin().has(OFFER)).isFalse();
        assertThat(realm.visit().page().text()).contains(text);
    }

    @Test
    void who_knows_the_pages_address_is_refused_where_it_is_for_linking_only() {
        realm.configure(Map.of("$linkOnly", "true"));
        var login = realm.realm().login();
        var form = login.begin().formAction("form#kc-form-login");

        var page = login.browser().open(pageWithin(form));

        assertThat(page.text()).contains("This account can be used here only once it is linked.");
        assertThat(page.has("form#kc-form-login")).isTrue();
    }

    @Test
    void a_page_that_was_open_before_takes_no_proof_once_it_is_for_linking_only() {
        var account = account("late");
        var visitor = realm.visit();
        realm.configure(Map.of("$linkOnly", "true"));

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(page.text()).contains("This account can be used here only once it is linked.");
        assertThat(realm.realm().users())
                .noneMatch(user -> user.path("username").asText().equals("late@example.com"));
    }

    @Test
    void an_address_of_the_page_that_belongs_to_no_login_shows_keycloaks_error() {
        var page = HttpBrowser.of(keycloak.address())
                .open(URI.create(realm.realm().address() + "/broker/shop/endpoint?client_id=app&tab_id=made-up"));

        assertThat(page.status()).isEqualTo(400);
        assertThat(GigyaPage.isOn(page)).isFalse();
    }

    @Test
    void a_login_hint_reaches_the_screen_set() {
        var page = GigyaPage.of(
                realm.visit(Map.of("login_hint", "maria@example.com")).page());

        assertThat(page.settings()).containsEntry("login-hint", "maria@example.com");
    }

    @Test
    void no_browser_keeps_a_page_that_names_somebody() {
        var page = realm.visit(Map.of("login_hint", "maria@example.com")).page();

        assertThat(page.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    }

    @Test
    void the_language_that_the_application_asks_for_is_the_pages_and_the_screen_sets() {
        var page = realm.visit(Map.of("ui_locales", "de")).page();

        assertThat(GigyaPage.of(page).settings()).containsEntry("lang", "de");
        assertThat(page.html().selectFirst("html").attr("lang")).isEqualTo("de");
        assertThat(page.html().selectFirst("#gigya-cancel").text()).isEqualTo("Abbrechen");
    }

    @Test
    void an_application_that_wants_no_page_gets_an_error_and_no_page() {
        var answer = realm.realm().login().begin(Map.of("kc_idp_hint", BrokeredRealm.ALIAS, "prompt", "none"));

        assertThat(answer.redirect())
                .hasValueSatisfying(target -> assertThat(target.getQuery()).contains("error=login_required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt=login", "max_age=3600"})
    void a_demanded_sign_in_is_not_satisfied_by_a_gigya_session_that_was_open_all_along(String parameter) {
        var account = account(parameter.replace('=', '-').replace('_', '-'));
        realm.signIn(account);
        var parts = parameter.split("=");
        var asked = Map.of(parts[0], parts[1]);
        assertThat(GigyaPage.of(realm.visit(asked).page()).settings()).containsEntry("fresh", "true");

        // A sign-in of the last three seconds counts as one of now.
        await().untilAsserted(() -> {
            var visitor = realm.visit(asked);
            var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));
            assertThat(page.text()).contains(Refusal.PROOF_EXPIRED.message());
        });
    }

    private static URI pageWithin(URI loginAction) {
        var query = loginAction.getRawQuery().replaceAll("(session_code|execution)=[^&]*&?", "");
        return URI.create(loginAction
                .toString()
                .replaceAll("/login-actions/.*", "/broker/" + BrokeredRealm.ALIAS + "/endpoint?" + query));
    }

    private Account account(String name) {
        return realm.realm()
                .site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .profile("firstName", "Maria")
                        .profile("lastName", "Example"));
    }
}
