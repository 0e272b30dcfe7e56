package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * The calls that this node has under way at once, in shares that don't take each other's places: sign-ins, what
 * administrators wait for, syncs, sign-outs, keys for messages of webhooks, and reads that events ask for.
 *
 * <p>A request gets its place with its first call, and keeps it until its transaction is over. Were the place free after
 * the call, requests that hold a database connection by then, and need another one to go on (Keycloak stores the events
 * of failures in a transaction of their own; a new user is imported in one), could be more than there are connections
 * for.
 */
final class CallShares {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    // Of threads that are no request's. A sign-out that comes later than that is dropped (GigyaSignOut).
    private static final Duration PATIENCE_ASIDE = Duration.ofSeconds(10);

    // As many reads of accounts as events may have under way.
    private static final int MOST_EVENTS = 4;

    private final Bulkhead signIns;
    private final Bulkhead administration;
    private final Bulkhead syncs;
    private final Bulkhead signOuts;
    private final Bulkhead messages;
    private final Bulkhead events;

    CallShares(MaxCalls most) {
        this.signIns = ofRequests(most.value());
        this.administration = ofRequests(most.aside());
        this.syncs = ofOwnThreads(most.aside());
        this.signOuts = ofOwnThreads(most.aside());
        this.messages = ofRequests(Math.min(MOST_EVENTS, most.aside()));
        this.events = ofOwnThreads(Math.min(MOST_EVENTS, most.aside()));
    }

    // Half as many may wait as are served: where more come, threads are left for what has nothing to do with Gigya.
    private static Bulkhead ofRequests(int most) {
        return new Bulkhead(most, Math.max(1, most / 2), PATIENCE);
    }

    private static Bulkhead ofOwnThreads(int most) {
        return new Bulkhead(most, Integer.MAX_VALUE, PATIENCE_ASIDE);
    }

    /**
     * {@return what lets the calls of a connection begin}
     *
     * @param session of the request that the connection is made for
     * @param observer is told of calls that are refused
     */
    CallGate gate(KeycloakSession session, GigyaSite site, Purpose purpose, CallObserver observer) {
        return switch (purpose) {
            case SIGN_IN -> new RequestGate(session, site, entrance(signIns, site, observer), "sign-ins");
            case LIST, LARGE_LIST, TEST ->
                new RequestGate(session, site, entrance(administration, site, observer), "administration");
            case SYNC -> entrance(syncs, site, observer);
            case SIGN_OUT -> entrance(signOuts, site, observer);
            case MESSAGE -> new RequestGate(session, site, entrance(messages, site, observer), "messages");
            case EVENT -> entrance(events, site, observer);
        };
    }

    private static CallGate entrance(Bulkhead share, GigyaSite site, CallObserver observer) {
        return method -> {
            var passage = enter(share, site, method);
            if (passage.isEmpty()) {
                observer.withheld(method);
                throw GigyaException.unavailable(
                        method.fullName() + " was not called: Gigya is busy, as many as allowed are waiting for it");
            }
            return passage.get();
        };
    }

    private static Optional<CallGate.Passage> enter(Bulkhead share, GigyaSite site, ApiMethod method)
            throws GigyaException {
        try {
            return share.enter(site);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GigyaException.unavailable(method.fullName() + " was not called: the thread is interrupted");
        }
    }

    /**
     * Takes one place for all calls that a Keycloak request makes to a site, and gives it back after the request's
     * transaction, when its database connection is free again.
     */
    static final class RequestGate implements CallGate {

        private final KeycloakSession session;
        private final CallGate entrance;
        private final String note;

        /** @param share the name of the share that the entrance leads to */
        RequestGate(KeycloakSession session, GigyaSite site, CallGate entrance, String share) {
            this.session = session;
            this.entrance = entrance;
            this.note = "gigya.passage." + share + "." + site.domain().name() + "." + site.apiKey();
        }

        @Override
        public Passage enter(ApiMethod method) throws GigyaException {
            var transactions = session.getTransactionManager();
            if (!transactions.isActive()) {
                return entrance.enter(method);
            }
            if (session.getAttribute(note) == null) {
                var passage = entrance.enter(method);
                try {
                    transactions.enlistAfterCompletion(new End(passage));
                } catch (RuntimeException over) {
                    passage.end();
                    throw over;
                }
                session.setAttribute(note, passage);
            }
            return Passage.FREE;
        }

        /** Gives the place back, however the transaction ends. */
        private static final class End extends AbstractKeycloakTransaction {

            private final Passage passage;

            End(Passage passage) {
                this.passage = passage;
            }

            @Override
            protected void commitImpl() {
                passage.end();
            }

            @Override
            protected void rollbackImpl() {
                passage.end();
            }
        }
    }

    /**
     * How many requests of people who sign in may be waiting for Gigya at once, on one node.
     *
     * @param value at least one
     */
    record MaxCalls(int value) {

        /** The option {@code --spi-gigya-connector--pooled--max-calls}. */
        static final String OPTION = "maxCalls";

        private static final int MOST = 10_000;
        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

        // Keycloak's own options, and what they are where nobody sets them (HttpOptions and DatabaseOptions of 26.7).
        private static final String THREADS = "http-pool-max-threads";
        private static final String CONNECTIONS = "db-pool-max-size";
        private static final int LEAST_THREADS = 50;
        private static final int THREADS_OF_A_CORE = 4;
        private static final int DEFAULT_CONNECTIONS = 100;

        /**
         * {@return what the server's options say} By default half of the smaller of request threads and database
         * connections: a request may hold a connection while it waits, and need another one afterwards, and other work
         * needs some of both.
         *
         * @throws IllegalArgumentException where the option is no whole number from 1 to 10,000, which keeps the server from
         *     starting
         */
        static MaxCalls of(Config.Scope options) {
            return Optional.ofNullable(options.get(OPTION))
                    .map(MaxCalls::parse)
                    .orElseGet(() -> ofPools(options.root()));
        }

        private static MaxCalls parse(String text) {
            var stripped = text.strip();
            int number = NUMBER.matcher(stripped).matches() ? Integer.parseInt(stripped) : 0;
            if (number < 1 || number > MOST) {
                throw new IllegalArgumentException(
                        "spi-gigya-connector--pooled--max-calls is a whole number from 1 to " + MOST);
            }
            return new MaxCalls(number);
        }

        private static MaxCalls ofPools(Config.Scope server) {
            int threads = server.getInt(
                    THREADS,
                    Math.max(
                            LEAST_THREADS,
                            THREADS_OF_A_CORE * Runtime.getRuntime().availableProcessors()));
            int connections = server.getInt(CONNECTIONS, DEFAULT_CONNECTIONS);
            return new MaxCalls(Math.max(1, Math.min(MOST, Math.min(threads, connections) / 2)));
        }

        /** {@return how many of another kind may be under way besides: a quarter as many} */
        int aside() {
            return Math.max(1, value / 4);
        }
    }
}
