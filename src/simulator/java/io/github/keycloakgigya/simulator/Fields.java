package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What an account holds below {@code profile}, {@code data}, {@code preferences} and so on. Not thread-safe. */
final class Fields {

    private final ObjectNode root;

    Fields(ObjectNode root) {
        this.root = root;
    }

    Fields() {
        this(Reply.object());
        root.putObject("profile");
        root.putObject("data");
        root.putObject("preferences");
        root.putObject("subscriptions");
        root.putObject("communications");
        root.putObject("groups");
    }

    /** {@return the value at a dotted path} Empty where there is none: null, or a text without characters. */
    Optional<JsonNode> get(String path) {
        JsonNode node = root;
        for (var name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        boolean empty = node.isMissingNode()
                || node.isNull()
                || node.isTextual() && node.textValue().isEmpty();
        return empty ? Optional.empty() : Optional.of(node);
    }

    /** Sets a value at a dotted path and makes the objects on the way; null removes it. */
    void set(String path, Object value) {
        var names = path.split("\\.", -1);
        ObjectNode parent = root;
        for (int i = 0; i < names.length - 1; i++) {
            parent = parent.get(names[i]) instanceof ObjectNode object ? object : parent.putObject(names[i]);
        }
        if (value == null) {
            parent.remove(names[names.length - 1]);
        } else {
            parent.set(names[names.length - 1], ExactJson.MAPPER.valueToTree(value));
        }
    }

    /** Merges an object into a section; members that are null are removed. */
    void merge(String section, ObjectNode changes) {
        merge((ObjectNode) root.get(section), changes);
    }

    private static void merge(ObjectNode target, ObjectNode changes) {
        changes.properties().forEach(member -> {
            var value = member.getValue();
            if (value.isNull()) {
                target.remove(member.getKey());
            } else if (value instanceof ObjectNode object && target.get(member.getKey()) instanceof ObjectNode old) {
                merge(old, object);
            } else {
                target.set(member.getKey(), value);
            }
        });
    }

    ObjectNode section(String name) {
        return (ObjectNode) root.get(name);
    }

    ObjectNode root() {
        return root;
    }

    void describeTo(Schema schema) {
        schema.learn("profile", root.get("profile"));
        schema.learn("data", root.get("data"));
    }
}
