package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.settings.GigyaConnection;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Ends a person's Gigya session after Keycloak ended its own. Best effort: it happens after the commit, on a thread of
 * its own, so that Gigya can neither hold nor fail a sign-out.
 */
public final class GigyaSignOut {

    private static final Logger LOG = Logger.getLogger(GigyaSignOut.class);
    private static final String EXECUTOR = "gigya-sign-out";

    // While Gigya hangs, sign-outs queue up. One that comes late would end a session that was begun since.
    private static final Duration TOO_LATE = Duration.ofSeconds(10);

    private final KeycloakSession session;

    /** Acts after the transaction of this session. */
    public GigyaSignOut(KeycloakSession session) {
        this.session = session;
    }

    /** Ends the Gigya session of an account once this transaction is committed. */
    public void afterCommit(GigyaConnection connection, String uid) {
        var executor = session.getProvider(ExecutorsProvider.class).getExecutor(EXECUTOR);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                long asked = System.nanoTime();
                executor.execute(() -> signOut(connection, uid, asked));
            }

            @Override
            protected void rollbackImpl() {
                // Keycloak's session goes on, and Gigya's with it.
            }
        });
    }

    private static void signOut(GigyaConnection connection, String uid, long asked) {
        if (System.nanoTime() - asked > TOO_LATE.toNanos()) {
            LOG.warn("A sign-out was not passed on to Gigya: it is too late by now");
            return;
        }
        try {
            connection.api().logout(uid);
        } catch (GigyaException failed) {
            LOG.warnf("A sign-out could not be passed on to Gigya: %s", failed.getMessage());
        }
    }
}
