package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A browser that stands before the page of the step "Gigya login", or of an identity provider. */
public final class Visitor implements Entrant {

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

    /** {@return a browser that opened the page at the realm's client} */
    public static Visitor open(GigyaRealm realm, HttpBrowser browser, Map<String, String> parameters) {
        return open(realm, realm.login(browser), parameters);
    }

    /** {@return the browser of a login after it opened the page} */
    public static Visitor open(GigyaRealm realm, LoginFlow login, Map<String, String> parameters) {
        return new Visitor(realm, login.browser(), login, login.begin(parameters));
    }

    /** {@return the page as it was shown} */
    public Page page() {
        return page;
    }

    @Override
    public HttpBrowser browser() {
        return browser;
    }

    public LoginFlow login() {
        return login;
    }

    /** {@return the audience that this page asks Gigya's tokens to be made for} */
    @Override
    public String audience() {
        return GigyaPage.of(page).audience();
    }

    @Override
    public URI action() {
        return GigyaPage.of(page).action();
    }

    @Override
    public Form request() {
        return Form.empty();
    }

    @Override
    public Form named(Form form) {
        return form;
    }

    /** {@return what Keycloak answers to a token} */
    public Page post(String idToken) {
        return post(Form.of("id_token", idToken));
    }

    @Override
    public Tokens tokens(Page answer) {
        return login.finish(answer);
    }

    @Override
    public void isStillOutside(Page answer) {
        assertThat(login.isDone(answer)).as("the client got a code").isFalse();
        assertThat(browser.cookies().value("KEYCLOAK_IDENTITY"))
                .as("the cookie of a signed-in person")
                .isEmpty();
    }

    /** {@return the same browser before the page, which it chose on the login page where the answer is that} */
    @Override
    public Visitor again(Page answer) {
        return GigyaPage.isOn(answer) ? on(answer) : on(browser.open(answer.link("a#social-" + BrokeredRealm.ALIAS)));
    }

    /** {@return the secret of this login that its forms hold} */
    public String code() {
        return action().toString().replaceFirst(".*[?&](?:session_code|state)=([^&.]*).*", "$1");
    }

    /** {@return where the page posts its proof, but for the secret of the login} */
    public URI actionWithCode(String code) {
        return URI.create(action().toString().replaceFirst("([?&](?:session_code|state))=[^&.]*", "$1=" + code));
    }

    /** {@return where the page posts its proof, but for the client} */
    public URI actionWithClient(String clientId) {
        var inState = Base64.getUrlEncoder().withoutPadding().encodeToString(clientId.getBytes(StandardCharsets.UTF_8));
        return URI.create(action().toString()
                .replaceFirst("([?&]client_id)=[^&]*", "$1=" + clientId)
                .replaceFirst("([?&]state=[^&.]*[.][^&.]*[.])[^&.]*", "$1" + inState));
    }

    /** {@return the page after the person reloaded it} */
    public Page reload() {
        return browser.open(page.address().resolve(GigyaPage.of(page).settings().get("refresh-url")));
    }

    /** {@return where this login is started over} */
    public URI restart() {
        var query = action().getRawQuery().contains("state=") ? page.address().getRawQuery() : action().getRawQuery();
        return URI.create(realm.address() + "/login-actions/restart?" + query.replaceFirst("session_code=[^&]*&", ""));
    }

    /** {@return the same browser before the page that an answer shows} */
    public Visitor on(Page answer) {
        return new Visitor(realm, browser, login, answer);
    }

    /** {@return the client's tokens after the account's owner signed in} */
    public Tokens signIn(Account account) {
        return login.finish(post(realm.proofOf(account, audience())));
    }
}
