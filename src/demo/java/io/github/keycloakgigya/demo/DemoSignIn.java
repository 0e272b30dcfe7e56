package io.github.keycloakgigya.demo;

import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.ServerFailureException;
import io.github.keycloakgigya.server.Tokens;
import java.net.URI;

/** One person signs in twice, over HTTP: what a browser does, step by step. */
record DemoSignIn(KeycloakServer keycloak, DemoSite site) {

    // Nobody listens there: only the address that Keycloak sends the browser back to is read.
    private static final URI REDIRECT = URI.create("http://localhost:8888/signed-in");

    void run(DemoAccount account) {
        Demo.step("Signing in " + account.name() + " over HTTP");
        Tokens first = signIn(account);
        Demo.step("The claims of the access token:");
        System.out.println(first.accessClaims().toPrettyString());

        Demo.step("Signing in " + account.name() + " again, in a new browser");
        Tokens second = signIn(account);
        if (!second.subject().equals(first.subject())) {
            throw new ServerFailureException("The second sign-in made another Keycloak user.");
        }
        Demo.step("The second sign-in found the same Keycloak user, " + first.subject());
    }

    private Tokens signIn(DemoAccount account) {
        HttpBrowser browser = HttpBrowser.of(keycloak.address());
        LoginFlow login = new LoginFlow(browser, Invitation.REALM, "demo-app", REDIRECT);
        Page loginPage = login.begin();
        if (!GigyaPage.isOn(loginPage)) {
            throw new ServerFailureException(
                    "Keycloak shows no Gigya login; see " + keycloak.log().file() + ".");
        }
        GigyaPage page = GigyaPage.of(loginPage);
        String proof =
                site.signIn(account).idToken(page.audience(), page.settings().get("token-lifetime"));
        Page last = browser.post(page.action(), Form.of("id_token", proof));
        if (!login.isDone(last)) {
            throw new ServerFailureException("Keycloak did not accept the sign-in: " + last.text());
        }
        return login.finish(last);
    }
}
