package io.github.keycloakgigya.it.browser;

import com.microsoft.playwright.Browser;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.page.Chromium;
import io.github.keycloakgigya.page.SharedChromium;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class whose tests open windows of Chromium, each of which shares nothing with others. */
@ExtendWith({SharedServers.class, SharedChromium.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InBrowser {

    final KeycloakServer keycloak;
    final GigyaSimulator simulator;
    private final List<Window> windows = new ArrayList<>();
    private Chromium chromium;
    private Application application;

    InBrowser(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void start_the_application(Chromium shared) {
        chromium = shared;
        application = new Application(GigyaRealm.REDIRECT);
    }

    @AfterEach
    void close_windows() {
        windows.forEach(Window::close);
        windows.clear();
        simulator.faults().clear();
    }

    @AfterAll
    void stop_the_application() {
        if (application != null) {
            application.close();
        }
    }

    /** {@return a window that has not opened anything yet} */
    Window window(GigyaRealm realm) {
        return window(realm, new Browser.NewContextOptions());
    }

    Window window(GigyaRealm realm, Browser.NewContextOptions options) {
        var window = new Window(chromium, realm, options);
        windows.add(window);
        return window;
    }

    /** {@return a new account of the realm's site, which signs in with this address} */
    static Account account(GigyaRealm realm, String email) {
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail(email)
                        .password(Window.PASSWORD)
                        .profile("firstName", "Maria")
                        .profile("lastName", "Example")
                        .data("memberNumber", 4711));
    }
}
