package io.github.keycloakgigya.settings.connector;

import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.Config;

/**
 * How many requests of people who sign in may be waiting for Gigya at once, on one node.
 *
 * @param value at least one
 */
record MaxCalls(int value) {

    /** The option {@code --spi-gigya-connector--pooled--max-calls}. */
    static final String OPTION = "maxCalls";

    private static final int MOST = 10_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    // Keycloak's own options, and what they are where nobody sets them (HttpOptions and DatabaseOptions of 26.7).
    private static final String THREADS = "http-pool-max-threads";
    private static final String CONNECTIONS = "db-pool-max-size";
    private static final int LEAST_THREADS = 50;
    private static final int THREADS_OF_A_CORE = 4;
    private static final int DEFAULT_CONNECTIONS = 100;

    /**
     * {@return what the server's options say} By default half of the smaller of request threads and database connections: a
     * request may hold a connection while it waits, and need another one afterwards, and other work needs some of both.
     *
     * @throws IllegalArgumentException where the option is no whole number from 1 to 10,000, which keeps the server from
     *     starting
     */
    static MaxCalls of(Config.Scope options) {
        return Optional.ofNullable(options.get(OPTION)).map(MaxCalls::parse).orElseGet(() -> ofPools(options.root()));
    }

    private static MaxCalls parse(String text) {
        var stripped = text.strip();
        int number = NUMBER.matcher(stripped).matches() ? Integer.parseInt(stripped) : 0;
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(
                    "spi-gigya-connector--pooled--max-calls is a whole number from 1 to " + MOST);
        }
        return new MaxCalls(number);
    }

    private static MaxCalls ofPools(Config.Scope server) {
        int threads = server.getInt(
                THREADS,
                Math.max(LEAST_THREADS, THREADS_OF_A_CORE * Runtime.getRuntime().availableProcessors()));
        int connections = server.getInt(CONNECTIONS, DEFAULT_CONNECTIONS);
        return new MaxCalls(Math.max(1, Math.min(MOST, Math.min(threads, connections) / 2)));
    }

    /** {@return how many of another kind may be under way besides: a quarter as many} */
    int aside() {
        return Math.max(1, value / 4);
    }
}
