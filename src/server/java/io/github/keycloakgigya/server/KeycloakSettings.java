package io.github.keycloakgigya.server;

import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a Keycloak server is started. Every method but the accessors returns changed settings and leaves these alone.
 *
 * @param name names the server's directory; two servers that run at one time need two names
 * @param port where it listens, on the loopback interface
 * @param keepsData true where the database of the last run under this name is used again
 * @param trusted certificates that the server trusts besides Java's own
 * @param realmFile a realm that is imported at the start
 * @param environment variables of the server's process; a realm file names them as {@code ${NAME}}
 * @param options further options of {@code kc.sh start}, or of {@code kc.sh build} where they belong there
 * @param database the kind of database, as {@code kc.sh build --db} takes it
 * @param logging categories and levels, as {@code kc.sh start --log-level} takes them
 * @param features of Keycloak that are switched on besides its default, as {@code kc.sh build --features} takes them
 */
public record KeycloakSettings(
        String name,
        int port,
        boolean keepsData,
        List<X509Certificate> trusted,
        Optional<Path> realmFile,
        Map<String, String> environment,
        List<String> options,
        String database,
        String logging,
        List<String> features) {

    // Whoever gets a port listens seconds later. Lanes of tests never get the same.
    private static final int LANES = 8;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private static final String ALONE = "--cache=local";
    private static final String JAVA = "JAVA_HOME";
    private static final String SQL_AND_OWN_STEPS = "INFO,org.hibernate.SQL:debug,io.github.keycloakgigya:debug";

    public KeycloakSettings {
        trusted = List.copyOf(trusted);
        environment = Map.copyOf(environment);
        options = List.copyOf(options);
        features = List.copyOf(features);
    }

    /** {@return settings of a server on a free port that is alone, with an empty database} */
    public static KeycloakSettings named(String name) {
        return new KeycloakSettings(
                name,
                freePort(),
                false,
                List.of(),
                Optional.empty(),
                Map.of(),
                List.of(ALONE),
                "dev-file",
                SQL_AND_OWN_STEPS,
                List.of());
    }

    /**
     * {@return a port that nobody listens on at this moment, another one each time} Below those that systems give away by
     * themselves (Linux from 32768, others from 49152 on): one of those may be somebody's connection before the server that is
     * started here gets to listen.
     */
    public static int freePort() {
        return freePort(10_000, 32_768);
    }

    /**
     * {@return such a port}
     *
     * @param from the lowest
     * @param below the first that is too high
     */
    public static int freePort(int from, int below) {
        int lane = Math.floorMod(System.getProperty("lane", "").hashCode(), LANES);
        return ThreadLocalRandom.current()
                .ints(from, below)
                .filter(port -> port % LANES == lane)
                .filter(KeycloakSettings::isFree)
                .filter(GIVEN::add)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** @param newPort must be free */
    public KeycloakSettings onPort(int newPort) {
        return new KeycloakSettings(
                name, newPort, keepsData, trusted, realmFile, environment, options, database, logging, features);
    }

    /** {@return settings of a server that goes on where the last one of this name ended} */
    public KeycloakSettings keepingData() {
        return new KeycloakSettings(
                name, port, true, trusted, realmFile, environment, options, database, logging, features);
    }

    /** @param certificate of a server, or of the authority that issued it */
    public KeycloakSettings trusting(X509Certificate certificate) {
        return new KeycloakSettings(
                name,
                port,
                keepsData,
                with(trusted, certificate),
                realmFile,
                environment,
                options,
                database,
                logging,
                features);
    }

    /** @param apiDomains custom API domains whose own signing keys the server takes, as a simulator's */
    public KeycloakSettings takingKeysOf(List<String> apiDomains) {
        return apiDomains.isEmpty()
                ? this
                : withOption("--spi-gigya-connector--pooled--key-domains=" + String.join(",", apiDomains));
    }

    /** {@return settings of a server that takes a simulator and its siblings for Gigya} */
    public KeycloakSettings takingForGigya(GigyaSimulator simulator) {
        return trusting(simulator.certificate()).takingKeysOf(simulator.apiDomains());
    }

    /** @param newRealmFile a realm in JSON, as Keycloak exports it */
    public KeycloakSettings importing(Path newRealmFile) {
        return new KeycloakSettings(
                name,
                port,
                keepsData,
                trusted,
                Optional.of(newRealmFile),
                environment,
                options,
                database,
                logging,
                features);
    }

    /** @param variable its name; a realm file's {@code ${NAME}} becomes the value */
    public KeycloakSettings withVariable(String variable, String value) {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.put(variable, value);
        return new KeycloakSettings(
                name, port, keepsData, trusted, realmFile, variables, options, database, logging, features);
    }

    /** @param debugPort where the server's Java machine lets a debugger in, on the loopback interface */
    public KeycloakSettings debuggedAt(int debugPort) {
        return withVariable("DEBUG", "true").withVariable("DEBUG_PORT", Integer.toString(debugPort));
    }

    /**
     * {@return settings of a server that is built and run by another Java than the tests}
     *
     * @param home the directory of that Java
     */
    public KeycloakSettings onJava(Path home) {
        return withVariable(JAVA, home.toString());
    }

    /** {@return the directory of the Java that builds and runs the server} */
    public String java() {
        return environment.getOrDefault(JAVA, System.getProperty("java.home"));
    }

    /** @param option such as {@code --spi-events-listener-jboss-logging-success-level=info} */
    public KeycloakSettings withOption(String option) {
        return new KeycloakSettings(
                name,
                port,
                keepsData,
                trusted,
                realmFile,
                environment,
                with(options, option),
                database,
                logging,
                features);
    }

    /** {@return settings of a server on a PostgreSQL database} */
    public KeycloakSettings on(Database postgres) {
        List<String> more = new ArrayList<>(options);
        more.add("--db-url=" + postgres.url());
        more.add("--db-username=" + postgres.user());
        return new KeycloakSettings(
                        name, port, keepsData, trusted, realmFile, environment, more, "postgres", logging, features)
                .withVariable("KC_DB_PASSWORD", postgres.password());
    }

    /**
     * {@return settings of a node that is not alone} Nodes find each other in the database that they share.
     *
     * @param transport the port at which other nodes reach this one, on the loopback interface
     */
    public KeycloakSettings inCluster(int transport) {
        List<String> clustered = new ArrayList<>(options);
        clustered.remove(ALONE);
        clustered.add("--cache=ispn");
        clustered.add("--cache-embedded-network-bind-address=127.0.0.1");
        clustered.add("--cache-embedded-network-bind-port=" + transport);
        return new KeycloakSettings(
                name, port, keepsData, trusted, realmFile, environment, clustered, database, logging, features);
    }

    /** @param more such as {@code token-exchange} */
    public KeycloakSettings withFeatures(String... more) {
        return new KeycloakSettings(
                name, port, keepsData, trusted, realmFile, environment, options, database, logging, List.of(more));
    }

    /** {@return settings of a server that logs as in production, so that the log does not cost what is measured} */
    public KeycloakSettings loggingLittle() {
        return new KeycloakSettings(
                name, port, keepsData, trusted, realmFile, environment, options, database, "INFO", features);
    }

    private static <T> List<T> with(List<T> values, T value) {
        List<T> more = new ArrayList<>(values);
        more.add(value);
        return more;
    }
}
