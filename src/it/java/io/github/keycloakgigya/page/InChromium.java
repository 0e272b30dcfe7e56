package io.github.keycloakgigya.page;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gives each test a window of its own, without cookies or storage of another. */
@ExtendWith(SharedChromium.class)
abstract class InChromium {

    private static Chromium chromium;
    LoginWindow window;

    @BeforeAll
    static void take(Chromium shared) {
        chromium = shared;
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
