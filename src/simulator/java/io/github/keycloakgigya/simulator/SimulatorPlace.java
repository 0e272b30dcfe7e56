package io.github.keycloakgigya.simulator;

/**
 * Where a simulator listens and what it is called.
 *
 * @param host the name that its certificate is for, by which browsers and Keycloak reach it
 * @param address of the network interface that it listens on
 * @param port 0 for any free one
 */
record SimulatorPlace(String host, String address, int port) {

    /** {@return a place on this machine that goes by another name} Whoever calls has to be led there. */
    static SimulatorPlace named(String host) {
        return new SimulatorPlace(host, "127.0.0.1", 0);
    }

    /** {@return a place that only this machine reaches} */
    static SimulatorPlace onLoopback(int port) {
        return new SimulatorPlace("localhost", "127.0.0.1", port);
    }

    /** {@return a place on all interfaces, such as those of a container} */
    static SimulatorPlace onAllInterfaces(String host, int port) {
        return new SimulatorPlace(host, "0.0.0.0", port);
    }
}
