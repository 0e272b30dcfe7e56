package io.github.keycloakgigya.demo;

import io.github.keycloakgigya.server.ServerFailureException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the demo is told.
 *
 * @param port where Keycloak listens ({@code -Ddemo.port})
 * @param debugPort where Keycloak's Java machine lets a debugger in, on this machine only ({@code -Ddemo.debug}); empty
 *     where it lets none in
 * @param exitsAfterSignIn whether to stop instead of waiting for a browser ({@code -Ddemo.exit})
 * @param project the directory of the project
 * @param environment names a real site in {@code GIGYA_API_KEY} and its neighbours
 */
record DemoSettings(
        int port,
        Optional<Integer> debugPort,
        boolean exitsAfterSignIn,
        Path project,
        Map<String, String> environment) {

    private static final int OLDEST_JAVA = 17;

    /**
     * {@return settings from system properties and environment variables}
     *
     * @throws ServerFailureException where this machine cannot run the demo as told
     */
    static DemoSettings of(Properties properties, Map<String, String> environment) {
        if (Runtime.version().feature() < OLDEST_JAVA) {
            throw new ServerFailureException("Keycloak needs Java " + OLDEST_JAVA + " or later, and this is Java "
                    + Runtime.version().feature() + ". Set JAVA_HOME to a newer one.");
        }
        String exit = properties.getProperty("demo.exit", "false");
        return new DemoSettings(
                freePort("demo.port", properties.getProperty("demo.port", "8080")),
                Optional.ofNullable(properties.getProperty("demo.debug")).map(port -> freePort("demo.debug", port)),
                !exit.equals("false"),
                Path.of(properties.getProperty("project.directory", ".")),
                environment);
    }

    private static int freePort(String property, String text) {
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw new ServerFailureException("-D" + property + "=" + text + " is not a port.");
        }
        int port = Integer.parseInt(text);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException | IllegalArgumentException e) {
            throw new ServerFailureException("Port " + port + " is in use or not allowed. Stop what listens there, or"
                    + " choose another one with -D" + property + "=8180.");
        }
    }

    Path realmFile() {
        return project.resolve("docker").resolve("demo-realm.json");
    }

    Path accountsFile() {
        return project.resolve("docker").resolve("demo-accounts.json");
    }

    /** {@return the real site that the environment names, or else a simulated one, which runs until it is closed} */
    DemoSite openSite() {
        return environment.containsKey("GIGYA_API_KEY")
                ? RealSite.of(environment)
                : SimulatedSite.open(DemoAccount.read(accountsFile()));
    }
}
