package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** An account's {@link Fields} as JSON, which takes a fraction of the memory that objects take. Immutable. */
final class StoredFields {

    private final byte[] json;

    private StoredFields(byte[] json) {
        this.json = json;
    }

    static StoredFields of(Fields fields) {
        try {
            return new StoredFields(ExactJson.MAPPER.writeValueAsBytes(fields.root()));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** {@return a copy that is the caller's own} */
    Fields read() {
        try {
            return new Fields((ObjectNode) ExactJson.MAPPER.readTree(json));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    StoredFields changed(Consumer<Fields> change) {
        var fields = read();
        change.accept(fields);
        return of(fields);
    }
}
