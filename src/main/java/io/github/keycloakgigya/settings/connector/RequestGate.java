package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.ApiMethod;
import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Takes one place for all calls that a Keycloak request makes to a site, and gives it back after the request's
 * transaction, when its database connection is free again.
 */
final class RequestGate implements CallGate {

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
