package io.github.keycloakgigya.settings.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.http.HttpEntity;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.BufferedHttpEntity;

/**
 * What a client is told about a session that ended, as Keycloak's logout would post it.
 *
 * @param address of the client
 * @param content which can be sent at any time
 */
public record LogoutMessage(URI address, HttpEntity content) {

    /** {@return the message of a request that is about to be sent, with its content read} */
    public static LogoutMessage of(HttpPost request) {
        try {
            return new LogoutMessage(request.getURI(), new BufferedHttpEntity(request.getEntity()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** {@return whom it goes to, with all other messages to the same server} */
    String server() {
        return address.getScheme() + "://" + address.getAuthority();
    }

    /** Leaves everything out: the content is a signed token about a person. */
    @Override
    public String toString() {
        return "LogoutMessage[]";
    }
}
