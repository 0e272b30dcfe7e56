package io.github.keycloakgigya.it.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;

/** Keycloak's admin console in a browser, with the realm {@code master}'s administrator signed in. */
final class AdminConsole {

    private final Window window;
    private final String address;

    private AdminConsole(Window window, String address) {
        this.window = window;
        this.address = address;
    }

    /** Signs the administrator in, and opens a realm. */
    static AdminConsole open(Window window, KeycloakServer keycloak, GigyaRealm realm) {
        var console = new AdminConsole(window, keycloak.address() + "/admin/master/console/#/" + realm.name() + "/");
        var page = window.page();
        page.setViewportSize(1280, 900);
        page.navigate(console.address + "user-federation");
        page.locator("#username").fill(KeycloakServer.ADMIN);
        page.locator("#password").fill(KeycloakServer.ADMIN);
        page.locator("#kc-login").click();
        console.part("nav-item-user-federation").waitFor();
        return console;
    }

    /** Goes to a page of the realm, {@code user-federation/gigya/new} say. */
    AdminConsole go(String path) {
        window.page().navigate(address + path);
        return this;
    }

    /** {@return an element by the name that the console gives it for tests} */
    Locator part(String testId) {
        return window.element("[data-testid='" + testId + "']");
    }

    void fill(String testId, String text) {
        part(testId).fill(text);
    }

    void press(String testId) {
        part(testId).click();
    }

    /** Chooses from the menu "Action" of a page. */
    void choose(String entry) {
        press("action-dropdown");
        window.page()
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(entry))
                .click();
    }

    /** {@return the message of the console that holds this text, once it is there; it is closed then} */
    String message(String text) {
        var message = part("global-alerts")
                .locator(".pf-v5-c-alert")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
        message.waitFor();
        var whole = message.locator(".pf-v5-c-alert__title").innerText().strip();
        message.locator("button").click();
        return whole;
    }

    /** Lists the realm's users. */
    void listUsers() {
        go("users");
        var search = window.page().getByPlaceholder("Search user");
        search.fill("*");
        search.press("Enter");
    }

    /** {@return a link in a table} */
    Locator row(String text) {
        return window.element("tbody a").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** Writes a picture for the documents. */
    void picture(String name) {
        window.picture(name);
    }
}
