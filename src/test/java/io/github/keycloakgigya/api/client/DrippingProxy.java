package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes TCP on, but after a number of bytes lets only one byte in some milliseconds come back, inside of TLS records. */
final class DrippingProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;
    private final int freeBytes;

    DrippingProxy(int target, int freeBytes) throws IOException {
        this.target = target;
        this.freeBytes = freeBytes;
        threads.execute(this::accept);
    }

    GigyaSite site() {
        return new GigyaSite(ApiDomain.custom("localhost:" + listener.getLocalPort()), "3_site-key");
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(client, server));
                threads.execute(() -> pass(client, server));
                threads.execute(() -> drip(server, client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // closed
        }
    }

    private void drip(Socket from, Socket to) {
        try {
            int passed = 0;
            for (int next = from.getInputStream().read();
                    next >= 0;
                    next = from.getInputStream().read()) {
                to.getOutputStream().write(next);
                passed++;
                if (passed > freeBytes) {
                    Thread.sleep(20);
                }
            }
        } catch (IOException e) {
            // closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
