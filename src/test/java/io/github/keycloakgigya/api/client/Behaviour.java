package io.github.keycloakgigya.api.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/** What a {@link LocalServer} does with a request. */
@FunctionalInterface
public interface Behaviour {

    void act(Socket socket) throws IOException;

    static Behaviour json(String json) {
        return http("200 OK", "", json);
    }

    static Behaviour http(String status, String headers, String body) {
        return http(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    static Behaviour http(String status, String headers, byte[] body) {
        return socket -> {
            var out = socket.getOutputStream();
            out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
        };
    }

    static Behaviour error(int code) {
        return json("{\"callId\":\"call-1\",\"errorCode\":" + code + ",\"errorDetails\":\"x\"}");
    }

    static Behaviour errorAt(int code, Instant serverTime) {
        return http("200 OK", "Date: " + httpDate(serverTime) + "\r\n", "{\"errorCode\":" + code + "}");
    }

    static String httpDate(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
    }

    /** Reads on and says nothing until the client hangs up. */
    static Behaviour silence() {
        return socket -> drain(socket.getInputStream());
    }

    /** Does nothing any more, not even hang up when the client does, as a host that lost its network. */
    static Behaviour vanish() {
        return socket -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Sends the head and a part of the body, and then as {@link #vanish()}. */
    static Behaviour vanishHalfway() {
        return socket -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"errorCode\":0,");
            vanish().act(socket);
        };
    }

    /** Sends this much of an endless body, and then as {@link #vanish()}. */
    static Behaviour vanishAfter(int bytes) {
        return socket -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n" + " ".repeat(bytes));
            vanish().act(socket);
        };
    }

    /** Promises a body, sends a part of it, and hangs up. */
    static Behaviour halfAnswer() {
        return socket -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"errorCode\":0,");
            socket.close();
        };
    }

    /** Hangs up without a byte of an answer, as a server does that has just dropped a pooled connection. */
    static Behaviour hangUp() {
        return Socket::close;
    }

    /** Sends a blank every few milliseconds for ever, so that no read ever times out. */
    static Behaviour drip() {
        return socket -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    write(socket, " ");
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }
}
