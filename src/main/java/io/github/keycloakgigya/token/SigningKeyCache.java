package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.token.FetchBudgets.FetchBudget;
import io.github.keycloakgigya.token.GigyaTokenVerifier.SigningKeys;
import io.github.keycloakgigya.token.SigningKey.KeySet;
import io.github.keycloakgigya.token.TokenExpectation.TokenOrigin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gigya's signing keys for all realms of a node, apart for each API domain: the key of one domain never vouches for a
 * token of another. Safe for use by many threads.
 *
 * <p>Keys are good for 24 hours. A token that names an unknown key makes them be fetched at once: five times and then
 * once a second where the token is Gigya's own answer, three times and then once in 20 seconds where a browser posted it
 * or it came to a webhook, each counted apart. Many threads wait for one fetch, each for two seconds at most. A fetch
 * that fails, or brings no usable key, leaves the old keys in use, for seven days at most; until one succeeds, a token
 * with an unknown key is neither accepted nor refused, and a fetch every two seconds is allowed on top. A fetch that
 * succeeds replaces them.
 */
public final class SigningKeyCache {

    private final LatestUsed<String, DomainKeys> domains;

    /**
     * Makes an empty cache, of which a node needs one.
     *
     * @param observer is told of fetches that are not made because of these limits
     */
    public SigningKeyCache(Clock clock, CallObserver observer) {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(observer, "observer");
        this.domains = new LatestUsed<>(() -> new DomainKeys(clock, observer));
    }

    /**
     * {@return the keys of a site's API domain}
     *
     * @param api makes the calls that this site's tokens need, under its own deadline
     * @param gate is asked before a thread waits for keys, be it for its own call or another's
     */
    public SigningKeys keysOf(GigyaApi api, CallGate gate) {
        var keys = domains.of(api.site().domain().name());
        return (keyId, origin) -> keys.find(keyId, origin, api, gate);
    }

    /** The signing keys of one API domain, as last fetched. One fetch is under way at a time. */
    static final class DomainKeys {

        // Keycloak gives a look-up three seconds; what is left of them after this wait is needed for an answer.
        private static final Duration PATIENCE = Duration.ofSeconds(2);

        private final Clock clock;
        private final CallObserver observer;
        private final Object lock = new Object();
        private final Map<TokenOrigin, FetchBudget> unknownKeys;
        private final FetchBudget retries;
        private final FetchBudget refresh;
        private volatile KeySet current = KeySet.NONE;
        private volatile KeyFetch underWay;
        private KeyFetch last = KeyFetch.NEVER; // guarded by lock

        DomainKeys(Clock clock, CallObserver observer) {
            this.clock = clock;
            this.observer = observer;
            var now = clock.instant();
            // Apart, so that browsers and who sends to a webhook can't use up what a rotation needs. When they have
            // used up their own, a key that is really new becomes known with the next fetch of any, so within 20
            // seconds.
            this.unknownKeys = Map.of(
                    TokenOrigin.GIGYA, new FetchBudget(5, Duration.ofSeconds(1), now),
                    TokenOrigin.BROWSER, new FetchBudget(3, Duration.ofSeconds(20), now),
                    TokenOrigin.WEBHOOK, new FetchBudget(3, Duration.ofSeconds(20), now));
            // Fetches that failed told nothing about the key that was looked for. Without tries of their own, an outage
            // would use up what the first sign-ins after it need.
            this.retries = new FetchBudget(5, Duration.ofSeconds(2), now);
            this.refresh = new FetchBudget(1, Duration.ofSeconds(30), now);
        }

        Optional<SigningKey> find(String keyId, TokenOrigin origin, GigyaApi api, CallGate gate) throws GigyaException {
            var now = clock.instant();
            var known = current;
            var key = known.find(keyId, now);
            if (key.isPresent() && known.isFresh(now)) {
                return key;
            }
            if (key.isPresent()) {
                refreshOldKeys(api);
                return current.find(keyId, now);
            }
            // Many may wait for one call. A thread that waits is as lost to others as one that calls.
            var passage = gate.enter(ApiMethod.GET_JWT_PUBLIC_KEY);
            try {
                return fetch(keyId, origin, api);
            } finally {
                passage.end();
            }
        }

        /** Keys older than a day are fetched anew by one caller; others, and all where that fails, use the old ones. */
        private void refreshOldKeys(GigyaApi api) {
            var fetch = new KeyFetch();
            synchronized (lock) {
                if (underWay != null || !refresh.take(clock.instant())) {
                    return;
                }
                underWay = fetch;
            }
            try {
                lead(fetch, api);
            } catch (GigyaException stillDown) {
                // The old keys serve on, and the next try is 30 seconds away.
            }
        }

        private Optional<SigningKey> fetch(String keyId, TokenOrigin origin, GigyaApi api) throws GigyaException {
            long start = System.nanoTime();
            long deadline = start + PATIENCE.toNanos();
            var earlier = underWay;
            if (earlier != null) {
                // Not the last word where it brings no such key: it may have begun before the key was published, or
                // have failed for what is wrong with another site.
                earlier.await(deadline);
            }
            KeyFetch fetch;
            boolean leads;
            synchronized (lock) {
                var now = clock.instant();
                var key = current.find(keyId, now);
                if (key.isPresent()) {
                    return key;
                }
                if (last.beganAfter(start)) {
                    last.requireSuccess();
                    return Optional.empty();
                }
                leads = underWay == null;
                if (leads && !mayFetch(origin, now)) {
                    observer.withheld(ApiMethod.GET_JWT_PUBLIC_KEY);
                    if (last.hasFailed()) {
                        // Nobody knows whether there is such a key by now: that is no reason to refuse a token.
                        throw GigyaException.unavailable("signing keys could not be fetched a moment ago");
                    }
                    return Optional.empty();
                }
                fetch = leads ? new KeyFetch() : underWay;
                underWay = fetch;
            }
            if (leads) {
                lead(fetch, api);
            } else {
                fetch.await(deadline);
                fetch.requireSuccess();
            }
            return current.find(keyId, clock.instant());
        }

        /** Guarded by lock. Without any usable keys no token can be judged, so the first fetch costs no budget. */
        private boolean mayFetch(TokenOrigin origin, Instant now) {
            return !current.isUsable(now) || unknownKeys.get(origin).take(now) || last.hasFailed() && retries.take(now);
        }

        private void lead(KeyFetch fetch, GigyaApi api) throws GigyaException {
            try {
                current = fetch.call(api, clock);
            } finally {
                synchronized (lock) {
                    underWay = null;
                    last = fetch;
                }
                fetch.end();
            }
        }

        /** One call for signing keys, made by one thread and awaited by others. */
        static final class KeyFetch {

            /** Stands for no fetch yet: older than every look-up. */
            static final KeyFetch NEVER = new KeyFetch();

            private final long beganAt = System.nanoTime();
            private final CountDownLatch ended = new CountDownLatch(1);
            private volatile GigyaException failure = GigyaException.unavailable("the call for signing keys broke off");

            /** {@return whether its outcome is the last word for a look-up that began at this {@link System#nanoTime()}} */
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
    }
}
