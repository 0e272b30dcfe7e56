package io.github.keycloakgigya.it;

import io.github.keycloakgigya.simulator.Account;
import java.util.Map;

/** A browser that stands before the page of the step "Gigya login". */
final class Visitor {

    private final GigyaRealm realm;
    private final HttpBrowser browser;
    private final LoginFlow login;
    private final Page page;

    private Visitor(GigyaRealm realm, HttpBrowser browser, LoginFlow login, Page page) {
        this.realm = realm;
        this.browser = browser;
        this.login = login;
        this.page = page;
    }

    static Visitor open(GigyaRealm realm, HttpBrowser browser, Map<String, String> parameters) {
        var login = realm.login(browser);
        return new Visitor(realm, browser, login, login.begin(parameters));
    }

    /** {@return the page as it was shown} */
    Page page() {
        return page;
    }

    HttpBrowser browser() {
        return browser;
    }

    LoginFlow login() {
        return login;
    }

    /** {@return the audience that this page asks Gigya's tokens to be made for} */
    String audience() {
        return GigyaPage.of(page).audience();
    }

    /** {@return what Keycloak answers to a form that is posted where the page posts its proof} */
    Page post(Form form) {
        AttemptEvents.proofsIn(form).forEach(proof -> Secrets.remember("proof", proof));
        return browser.post(GigyaPage.of(page).action(), form);
    }

    /** {@return what Keycloak answers to a token} */
    Page post(String idToken) {
        return post(Form.of("id_token", idToken));
    }

    /** {@return the same browser before the page that an answer shows} */
    Visitor on(Page answer) {
        return new Visitor(realm, browser, login, answer);
    }

    /** {@return the client's tokens after the account's owner signed in} */
    Tokens signIn(Account account) {
        return login.finish(post(realm.proofOf(account, audience())));
    }
}
