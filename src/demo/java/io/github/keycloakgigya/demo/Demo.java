package io.github.keycloakgigya.demo;

import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.ServerFailureException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts everything that a person needs to see a Gigya account sign in to Keycloak. */
public final class Demo {

    // Held, because Java forgets the level of a logger that nobody holds.
    private static final List<Logger> CHATTY = List.of(Logger.getLogger("io.undertow"), Logger.getLogger("org.xnio"));

    private final DemoSettings settings;
    private final DemoSite site;

    private Demo(DemoSettings settings, DemoSite site) {
        this.settings = settings;
        this.site = site;
    }

    /** Runs the demo; what it is told stands in system properties and environment variables. */
    public static void main(String[] arguments) {
        CHATTY.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            DemoSettings settings = DemoSettings.of(System.getProperties(), System.getenv());
            try (DemoSite site = settings.openSite()) {
                new Demo(settings, site).run();
            }
        } catch (ServerFailureException e) {
            System.err.println("The demo stops: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() {
        step(site.description());
        KeycloakSettings keycloakSettings = KeycloakSettings.named("demo")
                .onPort(settings.port())
                .importing(settings.realmFile())
                .takingKeysOf(site.keyDomains())
                .loggingLittle();
        for (X509Certificate certificate : site.certificates()) {
            keycloakSettings = keycloakSettings.trusting(certificate);
        }
        for (Map.Entry<String, String> variable : site.variables().entrySet()) {
            keycloakSettings = keycloakSettings.withVariable(variable.getKey(), variable.getValue());
        }
        if (settings.debugPort().isPresent()) {
            keycloakSettings = keycloakSettings.debuggedAt(settings.debugPort().get());
        }
        try (KeycloakServer keycloak =
                KeycloakServer.start(KeycloakDistribution.ofBuild(), keycloakSettings, Demo::step)) {
            if (site.sendsToThisMachine()) {
                DemoWebhook.setUp(keycloak);
            }
            site.firstAccount().ifPresent(account -> new DemoSignIn(keycloak, site).run(account));
            if (!settings.exitsAfterSignIn()) {
                System.out.println(new Invitation(keycloak, site).text());
                stayUp(keycloak);
            }
        }
    }

    /** Ctrl-C ends Java and with it the server; a server that ends by itself is a failure. */
    private static void stayUp(KeycloakServer keycloak) {
        CountDownLatch stopping = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stopping::countDown));
        try {
            keycloak.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (stopping.getCount() > 0) {
            throw new ServerFailureException(
                    "Keycloak has ended; its log is " + keycloak.log().file() + ".");
        }
    }

    static void step(String text) {
        System.out.println("==> " + text);
    }
}
