package io.github.keycloakgigya.simulator;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What goes back over the wire. */
record Answer(int httpStatus, String contentType, byte[] body, Map<String, String> headers) {

    static Answer of(int httpStatus, String contentType, String body) {
        return new Answer(httpStatus, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer script(String body) {
        return of(200, "text/javascript; charset=utf-8", body);
    }

    static Answer html(int httpStatus, String body) {
        return of(httpStatus, "text/html; charset=utf-8", body);
    }

    static Answer redirect(String location) {
        return of(302, "text/plain; charset=utf-8", "").with(Map.of("Location", location));
    }

    Answer with(Map<String, String> moreHeaders) {
        var all = new HashMap<>(headers);
        all.putAll(moreHeaders);
        return new Answer(httpStatus, contentType, body, Map.copyOf(all));
    }
}
