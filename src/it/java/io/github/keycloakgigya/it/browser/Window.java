package io.github.keycloakgigya.it.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.WaitUntilState;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.page.Chromium;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Tokens;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** A window of a real browser, whose person signs in at the client of one realm. */
final class Window implements AutoCloseable {

    /** The password of all accounts that sign in here. */
    static final String PASSWORD = "correct horse";

    private static final Path IMAGES = Path.of("docs/images");
    private static final Pattern KEYCLOAKS = Pattern.compile("^(KEYCLOAK|KC|AUTH_SESSION)");

    private final GigyaRealm realm;
    private final BrowserContext context;
    private final Page page;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private LoginFlow login;

    Window(Chromium chromium, GigyaRealm realm, Browser.NewContextOptions options) {
        this.realm = realm;
        context = chromium.newWindow(options);
        page = context.newPage();
        page.setDefaultTimeout(15_000);
        page.onConsoleMessage(message -> {
            // Chromium looks for an icon at the root by itself, where
            // Keycloak has none; not always, and not for the page.
            if (message.type().equals("error") && !message.location().contains("/favicon.ico")) {
                problems.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(problems::add);
    }

    /** Visits the client, which sends the person to Keycloak. */
    Window open() {
        return open(Map.of());
    }

    /** Visits the client, which sends the person to Keycloak with parameters such as {@code prompt}. */
    Window open(Map<String, String> parameters) {
        login = realm.login();
        // Not until all is loaded: Gigya's script may be late.
        page.navigate(
                login.address(parameters).toString(), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        return this;
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Locator element(String selector) {
        return page.locator(selector);
    }

    /** {@return the screen-set's field for the login id} */
    Locator loginId() {
        return element("#gigya-screen-set input[name=username]");
    }

    /** {@return the screen-set's field for the password} */
    Locator password() {
        return element("#gigya-screen-set input[name=password]");
    }

    /** Signs in with the screen-set. */
    Window signIn(String email) {
        loginId().fill(email);
        password().fill(PASSWORD);
        element("#gigya-screen-set [data-action=login]").click();
        return this;
    }

    /** {@return where the client was answered, once the browser is there} */
    URI answer() {
        try {
            page.waitForURL(address -> login.isAnswer(URI.create(address)));
        } catch (TimeoutError late) {
            throw new AssertionError(
                    "Not back at the client, but at " + page.url() + ": " + problems + " "
                            + element("body").innerText(),
                    late);
        }
        return URI.create(page.url());
    }

    /** {@return the client's tokens, once the browser is back at the client} */
    Tokens tokens() {
        return login.finish(answer());
    }

    /** Lets the client sign the person out. */
    void signOut(Tokens tokens) {
        page.navigate(login.logOutAddress(tokens).toString());
    }

    /** Ends what the browser has of Keycloak; its Gigya session stays. */
    Window forgetKeycloak() {
        context.clearCookies(new BrowserContext.ClearCookiesOptions().setName(KEYCLOAKS));
        return this;
    }

    /** {@return errors in the console, such as what the Content-Security-Policy blocked} */
    List<String> problems() {
        return problems;
    }

    /** Writes a picture for the documents, where {@code -Dscreenshots} asks for it. */
    void picture(String name) {
        if (System.getProperty("screenshots") != null) {
            page.waitForLoadState(LoadState.NETWORKIDLE);
            page.screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
