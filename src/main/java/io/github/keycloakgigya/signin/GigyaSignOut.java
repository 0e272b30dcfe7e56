package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.settings.connector.GigyaConnection;
import java.time.Clock;
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
}
