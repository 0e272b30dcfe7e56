package io.github.keycloakgigya.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Ports that are kept free for simulators which start later, since Keycloak has to be told of them when it starts. None is
 * used twice: Keycloak remembers what it learnt of an API domain.
 */
final class SiblingPorts {

    private static final int COUNT = 64;

    private final Queue<ServerSocket> kept = new ArrayDeque<>();
    private List<Integer> all = List.of();

    private static ServerSocket keepAFreeOne() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the ports, which are kept from now on} */
    synchronized List<Integer> all() {
        if (all.isEmpty()) {
            for (int i = 0; i < COUNT; i++) {
                kept.add(keepAFreeOne());
            }
            all = kept.stream().map(ServerSocket::getLocalPort).toList();
        }
        return all;
    }

    /** {@return one of the ports, which is free from now on} */
    synchronized int take() {
        all();
        try (var socket = kept.remove()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
