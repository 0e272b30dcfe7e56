package io.github.keycloakgigya.simulator;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/** The listening socket. Stopping it closes all connections, so every change of certificate holds for all. */
final class HttpsServer {

    private static final long MAXIMUM_BODY_BYTES = 4 << 20;

    private final SimulatorPlace place;
    private final CertificateAuthority authority;
    private final CertificateAuthority stranger = new CertificateAuthority();
    private final HttpHandler handler;
    private final Runnable closeHeldConnections;
    private Undertow undertow;
    private CertificateChoice certificate = CertificateChoice.TRUSTED;
    private int port;
    private boolean running;

    HttpsServer(
            SimulatorPlace place, CertificateAuthority authority, HttpHandler handler, Runnable closeHeldConnections) {
        this.place = place;
        this.authority = authority;
        this.handler = handler;
        this.closeHeldConnections = closeHeldConnections;
    }

    synchronized int port() {
        return port;
    }

    String host() {
        return place.host();
    }

    synchronized void start() {
        start(place.port());
    }

    /** Takes a free port where {@code wanted} is 0. */
    private void start(int wanted) {
        undertow = Undertow.builder()
                .addHttpsListener(wanted, place.address(), context())
                .setHandler(handler)
                .setIoThreads(2)
                .setWorkerThreads(16)
                // The simulator's clock writes the header.
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAXIMUM_BODY_BYTES)
                .build();
        try {
            undertow.start();
        } catch (RuntimeException failed) {
            throw failed.getCause() instanceof BindException busy
                    ? new UncheckedIOException("port " + wanted + " is in use", busy)
                    : failed;
        }
        var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        port = address.getPort();
        running = true;
    }

    synchronized void stop() {
        closeHeldConnections.run();
        if (running) {
            running = false;
            undertow.stop();
        }
    }

    synchronized void restart(CertificateChoice choice) {
        stop();
        certificate = choice;
        start(port);
    }

    /** Goes back to the trusted certificate on an open port. */
    synchronized void recover() {
        closeHeldConnections.run();
        if (!running || certificate != CertificateChoice.TRUSTED) {
            restart(CertificateChoice.TRUSTED);
        }
    }

    private SSLContext context() {
        return (certificate == CertificateChoice.TRUSTED ? authority : stranger).newServerContext(place.host());
    }
}
