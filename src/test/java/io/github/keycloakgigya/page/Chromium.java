package io.github.keycloakgigya.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.github.keycloakgigya.Requirement;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own Chromium; nothing is downloaded. A test opens windows of its own, without cookies of another. */
public final class Chromium implements AutoCloseable {

    // First the one without what a window on a screen needs, as Playwright itself prefers it: it takes half the time.
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS));
    }

    /** Skips the calling test, visibly, where there is no Chromium, unless {@code KEYCLOAK_GIGYA_REQUIRE} names it. */
    public static Chromium start() {
        return find().map(Chromium::new)
                .orElseThrow(() -> Requirement.CHROMIUM.missing(
                        "none of " + NAMES + " is on the PATH; Debian's package is chromium-headless-shell"));
    }

    /** {@return a window without cookies or storage} It trusts any certificate, so the simulator's own, too. */
    public BrowserContext newWindow(Browser.NewContextOptions options) {
        return browser.newContext(options.setIgnoreHTTPSErrors(true));
    }

    /** {@return whether it has not ended by itself} */
    public boolean isRunning() {
        return browser.isConnected();
    }

    private static Optional<Path> find() {
        var directories = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return NAMES.stream()
                .flatMap(name -> Stream.of(directories).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
