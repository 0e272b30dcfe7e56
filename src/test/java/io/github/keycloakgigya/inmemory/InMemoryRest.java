package io.github.keycloakgigya.inmemory;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;

/** What Jakarta REST needs to make answers and addresses, since no server is there that brings it. */
abstract class InMemoryRest extends RuntimeDelegate {

    static void install() {
        RuntimeDelegate.setInstance(Partly.of(InMemoryRest.class));
    }

    @Override
    public Response.ResponseBuilder createResponseBuilder() {
        return Partly.of(InMemoryResponse.Builder.class);
    }

    @Override
    public UriBuilder createUriBuilder() {
        return Partly.of(InMemoryUriBuilder.class);
    }
}
