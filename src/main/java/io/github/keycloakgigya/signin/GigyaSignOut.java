package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.Reauthentication.FreshSignIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Ends a person's Gigya session after Keycloak ended its own. Best effort: it happens after the commit, on a thread of
 * its own, so that Gigya can neither hold nor fail a sign-out.
 */
public final class GigyaSignOut {

    private static final String EXECUTOR = "gigya-sign-out";

    private final KeycloakSession session;
    private final Clock clock;

    /** Acts after the transaction of this session. */
    public GigyaSignOut(KeycloakSession session) {
        this(session, Clock.systemUTC());
    }

    GigyaSignOut(KeycloakSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /** Ends the Gigya session of an account once this transaction is committed. */
    public void afterCommit(GigyaConnection connection, Uid uid) {
        var executor = session.getProvider(ExecutorsProvider.class).getExecutor(EXECUTOR);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                executor.execute(new LateSignOut(connection, uid, clock.instant(), clock));
            }

            @Override
            protected void rollbackImpl() {
                // Keycloak's session goes on, and Gigya's with it.
            }
        });
    }

    /**
     * A sign-out that waits for a thread to pass it on to Gigya. {@code accounts.logout} ends every session that the
     * person has when it arrives, also one that was begun after the sign-out. So one that had to wait asks first whether
     * there can be such a session. What is left is the time of the calls, which the connection bounds.
     *
     * @param connection to the site, whose calls share one deadline
     * @param uid of the account
     * @param asked when Keycloak's session ended, by Keycloak's clock
     * @param clock Keycloak's
     */
    record LateSignOut(GigyaConnection connection, Uid uid, Instant asked, Clock clock) implements Runnable {

        private static final Logger LOG = Logger.getLogger(GigyaSignOut.class);

        /** Within this time nobody signs out and in again. */
        static final Duration AT_ONCE = Duration.ofSeconds(1);

        /** After this time so many wait that Gigya is spared. */
        static final Duration TOO_LATE = Duration.ofSeconds(10);

        @Override
        public void run() {
            var waited = Duration.between(asked, clock.instant());
            if (waited.compareTo(TOO_LATE) > 0) {
                LOG.warn("A sign-out was not passed on to Gigya: it is too late by now");
                return;
            }
            try {
                // A clock that was set back tells nothing.
                var isAtOnce = !waited.isNegative() && waited.compareTo(AT_ONCE) <= 0;
                if (isAtOnce || !hasSignedInSince()) {
                    connection.api().logout(uid);
                } else {
                    LOG.info("A sign-out was not passed on to Gigya: the person has signed in there again since");
                }
            } catch (GigyaException failed) {
                LOG.warnf("A sign-out could not be passed on to Gigya: %s", failed.getMessage());
            }
        }

        private boolean hasSignedInSince() throws GigyaException {
            // The answer tells Gigya's clock.
            var account = connection.accounts().read(uid, Set.of());
            return new FreshSignIn(connection, clock).isSince(asked, account);
        }

        /** Leaves the UID out, so that no log shows it. */
        @Override
        public String toString() {
            return "LateSignOut[" + asked + "]";
        }
    }
}
