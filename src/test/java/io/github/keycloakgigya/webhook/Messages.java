package io.github.keycloakgigya.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Bodies of messages as Gigya sends them. */
final class Messages {

    private static final String EVENT = """
            {"type":"%s","id":"%s","timestamp":%d,"callId":"0fc9","version":"2.0","apiKey":"4_PBx","data":%s}""";

    private Messages() {}

    static byte[] of(String... events) {
        return of(List.of(events));
    }

    static byte[] of(List<String> events) {
        var body = "{\"events\":[" + String.join(",", events) + "],\"nonce\":\"8693aa10\",\"timestamp\":1587917551}";
        return body.getBytes(StandardCharsets.UTF_8);
    }

    static String event(String type, String uid) {
        return event(type, type + " " + uid, Instant.now(), "{\"accountType\":\"full\",\"uid\":\"" + uid + "\"}");
    }

    static String event(String type, String uid, String newUid) {
        return event(type, uid, newUid, Instant.now());
    }

    static String event(String type, String uid, String newUid, Instant at) {
        return event(
                type,
                type + " " + uid + " " + newUid,
                at,
                "{\"accountType\":\"full\",\"uid\":\"" + uid + "\",\"newUid\":\"" + newUid + "\"}");
    }

    private static String event(String type, String id, Instant at, String data) {
        return EVENT.formatted(type, id, at.getEpochSecond(), data);
    }

    /** {@return a message with so many updates of different accounts} */
    static byte[] updates(int events) {
        return of(IntStream.range(0, events)
                .mapToObj(number -> event("accountUpdated", "uid_" + number))
                .collect(Collectors.toList()));
    }

    static byte[] packed(byte[] body) {
        return packed(Stream.of(body));
    }

    /** {@return many zero bytes, packed} */
    static byte[] bomb(int megabytes) {
        return packed(IntStream.range(0, megabytes).mapToObj(any -> new byte[1 << 20]));
    }

    private static byte[] packed(Stream<byte[]> parts) {
        var bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            for (var part : parts.toList()) {
                packing.write(part);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
