package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a method answers: members for the envelope, and a cookie where a browser's session changed. */
record Reply(ObjectNode members, Optional<String> cookie) {

    static Reply of(ObjectNode members) {
        return new Reply(members, Optional.empty());
    }

    static Reply empty() {
        return of(object());
    }

    Reply withCookie(String setCookie) {
        return new Reply(members, Optional.of(setCookie));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
