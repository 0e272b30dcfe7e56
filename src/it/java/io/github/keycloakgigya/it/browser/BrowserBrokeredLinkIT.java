package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person who has a user already links an account, in the account console or because an application asks for it. */
@OnlyInFullBuild
class BrowserBrokeredLinkIT extends InBrowser {

    private static final String NAME = "Example Shop account";
    private static final Map<String, String> LINK = Map.of("kc_action", "idp_link:" + BrokeredRealm.ALIAS);

    @AutoClose
    private BrokeredRealm realm;

    private UserAdmin users;

    BrowserBrokeredLinkIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @BeforeAll
    void create_a_realm_whose_provider_is_there_for_linking_only() {
        realm = BrokeredRealm.create(
                keycloak, simulator, Map.of("$displayName", "\"" + NAME + "\"", "$linkOnly", "true"));
        users = new UserAdmin(realm.realm());
    }

    @Test
    void the_account_console_links_an_account_and_unlinks_it() {
        var account = account(realm.realm(), "linked@example.com");
        var local = users.addLocal("console", "console@example.org", true);
        var window = window(realm.realm());
        window.page().navigate(realm.realm().address() + "/account/account-security/linked-accounts");
        password(window, "console");
        assertThat(provider(window)).containsText(NAME);

        button(window, "Link account").click();
        assertThat(window.page().getByText("Do you want to link your account with " + NAME))
                .isVisible();
        window.element("#kc-continue").click();
        window.signIn("linked@example.com");

        assertThat(provider(window)).containsText("linked@example.com");
        window.picture("account-linked");
        assertThat(realm.linksOf(local))
                .singleElement()
                .satisfies(link -> assertThat(link.path("userId").asText()).isEqualTo(account.uid()));
        assertThat(users.byId(local).at("/attributes/gigya.uid/0").asText()).isEqualTo(account.uid());
        assertThat(users.byId(local).path("email").asText()).isEqualTo("console@example.org");

        button(window, "Unlink account").click();

        assertThat(button(window, "Link account")).isVisible();
        assertThat(realm.linksOf(local)).isEmpty();
        assertThat(users.byId(local).at("/attributes/gigya.uid").isMissingNode())
                .isTrue();
    }

    @Test
    void an_application_asks_for_a_link_and_is_told_that_it_is_there() {
        var account = account(realm.realm(), "asked@example.com");
        var local = users.addLocal("asked", "asked@example.org", true);
        var window = window(realm.realm()).open(LINK);
        password(window, "asked");

        window.element("#kc-continue").click();
        window.signIn("asked@example.com");

        assertThat(window.answer().getQuery()).contains("kc_action_status=success");
        assertThat(realm.linksOf(local))
                .singleElement()
                .satisfies(link -> assertThat(link.path("userId").asText()).isEqualTo(account.uid()));
    }

    @Test
    void who_cancels_the_link_is_back_at_the_application_and_nothing_is_linked() {
        var local = users.addLocal("cancelling", "cancelling@example.org", true);
        var window = window(realm.realm()).open(LINK);
        password(window, "cancelling");
        window.element("#kc-continue").click();
        assertThat(window.loginId()).isVisible();

        window.element("#gigya-cancel button").click();

        assertThat(window.answer().getQuery()).contains("kc_action_status=cancelled");
        assertThat(realm.linksOf(local)).isEmpty();
    }

    @Test
    void an_account_that_is_somebody_elses_is_not_linked_and_the_person_reads_why() {
        account(realm.realm(), "taken@example.com");
        var owner = users.addLocal("owner", "owner@example.org", true);
        var first = window(realm.realm()).open(LINK);
        password(first, "owner");
        first.element("#kc-continue").click();
        first.signIn("taken@example.com").answer();
        var other = users.addLocal("other", "other@example.org", true);
        var window = window(realm.realm()).open(LINK);
        password(window, "other");
        window.element("#kc-continue").click();

        window.signIn("taken@example.com");

        assertThat(window.page().getByText("already linked")).isVisible();
        assertThat(realm.linksOf(other)).isEmpty();
        assertThat(realm.linksOf(owner)).hasSize(1);
    }

    @Test
    void the_login_page_does_not_offer_it_and_its_address_refuses_with_a_text() {
        var window = window(realm.realm()).open();
        assertThat(window.element("#kc-form-login")).isVisible();
        assertThat(window.element("#social-" + BrokeredRealm.ALIAS)).hasCount(0);

        window.open(Map.of("kc_idp_hint", BrokeredRealm.ALIAS));

        assertThat(window.page().getByText("Could not send authentication request to identity provider."))
                .isVisible();
    }

    private static void password(Window window, String username) {
        window.element("#username").fill(username);
        window.element("#password").fill("local password");
        window.element("#kc-login").click();
    }

    private static Locator provider(Window window) {
        return window.element("#" + BrokeredRealm.ALIAS + "-idp");
    }

    private static Locator button(Window window, String text) {
        return provider(window)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(text).setExact(true));
    }
}
