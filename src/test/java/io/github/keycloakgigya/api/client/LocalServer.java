package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTPS server on a free port of localhost that does as told: one behaviour a request, the last one again. */
public final class LocalServer implements AutoCloseable {

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedDeque<Behaviour> behaviours = new ConcurrentLinkedDeque<>();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    LocalServer(Behaviour... behaviours) throws IOException {
        does(behaviours);
        listener = LocalTls.INSTANCE
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Forgets what was received and what is still to be done. */
    void reset() {
        requests.clear();
        behaviours.clear();
    }

    /** Replaces what is still to be done. */
    public void does(Behaviour... next) {
        behaviours.clear();
        behaviours.addAll(List.of(next));
    }

    public int port() {
        return listener.getLocalPort();
    }

    public GigyaSite site() {
        return new GigyaSite(ApiDomain.custom("localhost:" + port()), "3_site-key");
    }

    public List<ReceivedRequest> requests() {
        return requests;
    }

    ReceivedRequest onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request, got " + requests.size());
        }
        return requests.get(0);
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                sockets.add(socket);
                // Else each answer that is written in two parts takes 40 ms: Nagle's algorithm waits for a delayed ACK.
                socket.setTcpNoDelay(true);
                if (listener.isClosed()) {
                    return;
                }
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                requests.add(ReceivedRequest.from(in));
                next().act(socket);
            }
        } catch (IOException e) {
            // the client hung up, or the behaviour did
        }
    }

    private Behaviour next() {
        return behaviours.size() > 1 ? behaviours.remove() : behaviours.element();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
