package io.github.keycloakgigya.demo;

import io.github.keycloakgigya.server.ServerFailureException;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import io.github.keycloakgigya.simulator.SiteBuilder;
import io.github.keycloakgigya.simulator.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The simulated site of {@code docker/compose.yaml}, in a container of its own. It also makes up the passwords of the other
 * containers, and ends when it is told to.
 */
public final class SiteInContainer {

    // Keycloak's public address is that of the browser's machine, which a container can't reach.
    private static final String KEYCLOAK = "http://proxy:8080";
    private static final String WEBHOOK = "/realms/demo/gigya/demo-gigya/webhook";
    private static final String[] EVENTS = {
        "accountCreated",
        "accountRegistered",
        "accountUpdated",
        "accountProgressed",
        "accountDeleted",
        "accountMerged",
        "accountUidChanged",
        "subscriptionUpdated",
        "consentUpdated"
    };

    private final SharedFolder folder;

    private SiteInContainer(SharedFolder folder) {
        this.folder = folder;
    }

    /**
     * Runs the site.
     *
     * @param arguments the host and the port by which browser and Keycloak reach it, a folder that the containers share,
     *     the file of the accounts, and Keycloak's public address
     */
    public static void main(String[] arguments) {
        if (arguments.length != 5) {
            throw new ServerFailureException("Needed: host, port, folder, accounts file, address of Keycloak");
        }
        new SiteInContainer(new SharedFolder(Path.of(arguments[2])))
                .run(arguments[0], Integer.parseInt(arguments[1]), Path.of(arguments[3]), arguments[4]);
    }

    private void run(String host, int port, Path accounts, String keycloak) {
        GigyaSimulator simulator = GigyaSimulator.startFor(host, port, folder.authority());
        ApplicationKey made = ApplicationKey.random();
        ApplicationKey key =
                new ApplicationKey(folder.kept("user-key", made.userKey()), folder.kept("secret", made.secret()));
        // Keycloak's database remembers the API key.
        SiteBuilder builder = Site.builder();
        builder.apiKey(folder.kept("api-key", builder.apiKey()));
        SimulatedSite site = SimulatedSite.open(simulator, builder, key, DemoAccount.read(accounts));
        var webhooks = simulator.webhooks(site.site());
        webhooks.sendBy(url -> URI.create(url.toString().replace(keycloak, KEYCLOAK)));
        webhooks.set(Webhook.of("keycloak-gigya-demo-gigya", URI.create(keycloak + WEBHOOK), EVENTS));
        write(simulator, site);
        System.out.println(site.description());
        Runtime.getRuntime().addShutdownHook(new Thread(site::close));
    }

    private void write(GigyaSimulator simulator, SimulatedSite site) {
        try {
            simulator.writeCertificate(folder.certificate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> variables = new HashMap<>(site.variables());
        variables.put("KC_DB_PASSWORD", folder.password("database-password"));
        variables.put("KC_BOOTSTRAP_ADMIN_PASSWORD", folder.password("administrator-password"));
        // The last file: who sees it, sees all.
        folder.writeVariables("keycloak.env", variables);
    }
}
