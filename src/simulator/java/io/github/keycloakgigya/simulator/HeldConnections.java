package io.github.keycloakgigya.simulator;

import io.undertow.server.ServerConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.IoUtils;

/** Connections whose request is never answered, until somebody ends them. */
final class HeldConnections {

    private final Set<ServerConnection> held = ConcurrentHashMap.newKeySet();

    void add(ServerConnection connection) {
        held.add(connection);
        connection.addCloseListener(held::remove);
    }

    void closeAll() {
        for (var connection : held) {
            held.remove(connection);
            IoUtils.safeClose(connection);
        }
    }
}
