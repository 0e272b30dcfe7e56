package io.github.keycloakgigya.api.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request as a server saw it; names of headers are in lower case. */
record ReceivedRequest(String line, Map<String, String> headers, String body) {

    static ReceivedRequest from(InputStream in) throws IOException {
        var line = readLine(in);
        var headers = new TreeMap<String, String>();
        for (var header = readLine(in); !header.isEmpty(); header = readLine(in)) {
            var parts = header.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new ReceivedRequest(line, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    Map<String, String> form() {
        var form = new TreeMap<String, String>();
        for (var pair : body.split("&")) {
            var parts = pair.split("=", 2);
            var doubled = form.put(decode(parts[0]), decode(parts[1]));
            if (doubled != null) {
                throw new IllegalStateException("the form holds a parameter twice");
            }
        }
        return form;
    }

    String form(String name) {
        return form().getOrDefault(name, "(absent)");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
