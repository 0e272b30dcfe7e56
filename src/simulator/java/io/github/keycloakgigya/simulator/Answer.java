package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

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

    /** {@return this answer, a JSON object, with members in place of its own} */
    Answer withMembers(Map<String, ?> members) {
        return changed(
                object -> members.forEach((name, value) -> object.set(name, ExactJson.MAPPER.valueToTree(value))));
    }

    /** {@return this answer, a JSON object, with a change} */
    Answer changed(Consumer<ObjectNode> change) {
        try {
            var object = (ObjectNode) ExactJson.MAPPER.readTree(body);
            change.accept(object);
            return new Answer(httpStatus, contentType, ExactJson.MAPPER.writeValueAsBytes(object), headers);
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
