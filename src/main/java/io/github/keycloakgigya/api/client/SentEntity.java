package io.github.keycloakgigya.api.client;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** The body of a request, which tells when it was written: from then on it is the server that is waited for. */
final class SentEntity extends HttpEntityWrapper {

    private final Runnable written;

    SentEntity(HttpEntity entity, Runnable written) {
        super(entity);
        this.written = written;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        super.writeTo(out);
        written.run();
    }
}
