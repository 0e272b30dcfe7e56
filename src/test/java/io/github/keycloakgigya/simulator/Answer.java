package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What goes back over the wire. */
record Answer(int httpStatus, String contentType, byte[] body, Map<String, String> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** {@return this answer, a JSON object, with members in place of its own} */
    Answer withMembers(Map<String, ?> members) {
        try {
            var object = (ObjectNode) JSON.readTree(body);
            members.forEach((name, value) -> object.set(name, JSON.valueToTree(value)));
            return new Answer(httpStatus, contentType, JSON.writeValueAsBytes(object), headers);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    Answer with(Map<String, String> moreHeaders) {
        var all = new HashMap<>(headers);
        all.putAll(moreHeaders);
        return new Answer(httpStatus, contentType, body, Map.copyOf(all));
    }
}
