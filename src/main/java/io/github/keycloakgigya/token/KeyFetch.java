package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One call for signing keys, made by one thread and awaited by others. */
final class KeyFetch {

    /** Stands for no fetch yet: older than every look-up. */
    static final KeyFetch NEVER = new KeyFetch(System.nanoTime());

    private final long beganAt;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile GigyaException failure = GigyaException.unavailable("the call for signing keys broke off");

    KeyFetch() {
        this(System.nanoTime());
    }

    private KeyFetch(long beganAt) {
        this.beganAt = beganAt;
    }

    /**
     * {@return whether its outcome is the last word for a look-up that began at a time}
     *
     * @param start in terms of {@link System#nanoTime()}
     */
    boolean beganAfter(long start) {
        return beganAt - start > 0;
    }

    /** Makes the call, under the deadline of the caller's API client. */
    KeySet call(GigyaApi api, Clock clock) throws GigyaException {
        try {
            var askedAt = clock.instant();
            var keys = KeySet.of(api.getJwtPublicKeys(), askedAt);
            failure = null;
            return keys;
        } catch (GigyaException e) {
            failure = e;
            throw e;
        }
    }

    /** Lets the waiting threads go on. */
    void end() {
        ended.countDown();
    }

    /**
     * Waits for the end of the call, whatever its outcome.
     *
     * @param deadline in terms of {@link System#nanoTime()}
     */
    void await(long deadline) throws GigyaException {
        try {
            if (!ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw GigyaException.unavailable("signing keys did not arrive in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GigyaException.unavailable("interrupted while waiting for signing keys");
        }
    }

    /** {@return whether the ended call brought no keys} */
    boolean hasFailed() {
        return failure != null;
    }

    /** Throws where the awaited call failed. */
    void requireSuccess() throws GigyaException {
        if (failure != null) {
            throw failure;
        }
    }
}
