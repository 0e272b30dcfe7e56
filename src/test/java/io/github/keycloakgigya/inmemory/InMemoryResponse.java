package io.github.keycloakgigya.inmemory;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** An answer that nobody sends. */
abstract class InMemoryResponse extends Response {

    private final int status;
    private final Object entity;
    private final URI location;
    private final Map<String, Object> headers;

    InMemoryResponse(int status, Object entity, URI location, Map<String, Object> headers) {
        this.headers = headers;
        this.status = status;
        this.entity = entity;
        this.location = location;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public StatusType getStatusInfo() {
        return Status.fromStatusCode(status);
    }

    @Override
    public Object getEntity() {
        return entity;
    }

    @Override
    public URI getLocation() {
        return location;
    }

    @Override
    public String getHeaderString(String name) {
        return headers.containsKey(name) ? headers.get(name).toString() : null;
    }

    /** Makes one. */
    abstract static class Builder extends Response.ResponseBuilder {

        private int status;
        private Object entity;
        private URI location;
        private final Map<String, Object> headers = new HashMap<>();

        @Override
        public Response build() {
            return Partly.of(InMemoryResponse.class, status, entity, location, headers);
        }

        @Override
        public ResponseBuilder status(int code) {
            status = code;
            return this;
        }

        @Override
        public ResponseBuilder status(int code, String reason) {
            return status(code);
        }

        @Override
        public ResponseBuilder header(String name, Object value) {
            headers.put(name, value);
            return this;
        }

        @Override
        public ResponseBuilder entity(Object content) {
            entity = content;
            return this;
        }

        @Override
        public ResponseBuilder location(URI uri) {
            location = uri;
            return this;
        }

        @Override
        public ResponseBuilder type(MediaType type) {
            return this;
        }

        @Override
        public ResponseBuilder type(String type) {
            return this;
        }
    }
}
