package io.github.keycloakgigya.page;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;

/** A browser window with the sign-in page, and what it did. */
final class LoginWindow implements AutoCloseable {

    private final PageServer server = new PageServer();
    private final BrowserContext context;
    private final Page page;
    private final List<String> console = new CopyOnWriteArrayList<>();

    LoginWindow(Chromium chromium, Browser.NewContextOptions options) throws IOException {
        context = chromium.newWindow(options);
        page = context.newPage();
        page.setDefaultTimeout(10_000);
        page.onConsoleMessage(message -> console.add(message.text()));
    }

    /** Opens the page as a response to an address that is not the one to return to, as Keycloak does. */
    LoginWindow open(LoginPage content, StubGigya gigya) {
        content.with("scriptUrl", server.gigyaUrl() + "/js/gigya.js");
        return openWithScriptAtItsAddress(content, gigya);
    }

    LoginWindow openWithScriptAtItsAddress(LoginPage content, StubGigya gigya) {
        show(content);
        page.addInitScript(gigya.script());
        page.navigate(server.keycloakUrl() + "/realms/demo/protocol/openid-connect/auth?client_id=shop");
        return this;
    }

    /** What Keycloak will show at the next request. */
    void show(LoginPage content) {
        server.show(content);
    }

    String gigyaScript() {
        return server.gigyaUrl() + "/js/gigya.js";
    }

    Page page() {
        return page;
    }

    Locator element(String selector) {
        return page.locator(selector);
    }

    void signIn(String password) {
        page.getByLabel("E-mail").fill("ada@example.org");
        page.getByLabel("Password").fill(password);
        page.getByLabel("Password").press("Enter");
    }

    /** {@return the one form that reached Keycloak} */
    Map<String, String> posted() {
        element("#posted").waitFor();
        if (server.posts().size() != 1) {
            throw new AssertionError(
                    "forms posted to Keycloak: " + server.posts().size());
        }
        return server.posts().get(0);
    }

    List<Map<String, String>> posts() {
        return server.posts();
    }

    List<String> requests() {
        return server.requests();
    }

    String refreshUrl() {
        return server.keycloakUrl() + LoginPage.REFRESH;
    }

    List<String> console() {
        return console;
    }

    /** {@return names of the methods that Gigya's script was called with, in order} */
    List<String> calls() {
        return StreamSupport.stream(recorded().spliterator(), false)
                .map(call -> call.getAsJsonObject().get("method").getAsString())
                .filter(method -> !method.equals("script"))
                .toList();
    }

    /** {@return parameters of the latest call of this method} */
    JsonObject call(String method) {
        JsonObject parameters = null;
        for (JsonElement call : recorded()) {
            if (call.getAsJsonObject().get("method").getAsString().equals(method)) {
                parameters = call.getAsJsonObject().getAsJsonObject("parameters");
            }
        }
        if (parameters == null) {
            throw new AssertionError(method + " was not called, but " + calls());
        }
        return parameters;
    }

    private JsonArray recorded() {
        Object calls = page.evaluate("localStorage.getItem('calls') ?? '[]'");
        return new Gson().fromJson((String) calls, JsonArray.class);
    }

    @Override
    public void close() {
        context.close();
        server.close();
    }
}
