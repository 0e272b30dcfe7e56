package io.github.keycloakgigya.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/** A body without end, for each byte of which the server waits, as Quarkus does: until a byte comes, or an interrupt. */
final class SlowBody extends InputStream {

    private final Duration wait;

    /** @param wait for each byte */
    SlowBody(Duration wait) {
        this.wait = wait;
    }

    @Override
    public int read() throws IOException {
        throw new AssertionError("a body is read in chunks");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException given) {
            throw new InterruptedIOException();
        }
        into[offset] = ' ';
        return 1;
    }
}
