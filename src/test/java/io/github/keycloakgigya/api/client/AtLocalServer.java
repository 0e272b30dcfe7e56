package io.github.keycloakgigya.api.client;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Gives a test class a server and clients of its own. Each test finds the server as if nobody had called it before. */
public abstract class AtLocalServer {

    public static Clients clients;
    public static LocalServer server;

    @BeforeAll
    static void startServer() throws IOException {
        clients = new Clients();
        server = new LocalServer();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
        clients.close();
    }

    @BeforeEach
    void resetServer() {
        server.reset();
    }
}
