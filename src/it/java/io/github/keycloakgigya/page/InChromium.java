package io.github.keycloakgigya.page;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test a window of its own, without cookies or storage of another. */
abstract class InChromium {

    private static Chromium chromium;
    LoginWindow window;

    @BeforeAll
    static void startChromium() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopChromium() {
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }

    @BeforeEach
    void openWindow() throws IOException {
        window = new LoginWindow(chromium, new Browser.NewContextOptions());
    }

    @AfterEach
    void closeWindow() {
        if (window != null) {
            window.close();
        }
    }

    void openOtherWindow(Browser.NewContextOptions options) throws IOException {
        window.close();
        window = new LoginWindow(chromium, options);
    }

    static LoginPage page() {
        return new LoginPage(LoginTheme.V2, Locale.ENGLISH);
    }
}
