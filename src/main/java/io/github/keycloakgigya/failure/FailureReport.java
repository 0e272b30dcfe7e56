package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.settings.connector.GigyaConnector;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/**
 * Tells the log, the metrics and the event log of a sign-in that failed. What the person or the app is told is the
 * door's answer, which {@link SignInError#messageKey} and {@link SignInError#refusal} have the words for.
 */
public final class FailureReport {

    private final KeycloakSession session;
    private final FailureLog log;

    /** Tells of failures at one door. */
    public FailureReport(KeycloakSession session, FailureLog log) {
        this.session = session;
        this.log = log;
    }

    /**
     * Tells of a failure, and sends the event, after the transaction of the session.
     *
     * @param event as it is now; what is done to it later does not count
     */
    public void send(SignInException failure, EventBuilder event) {
        tell(failure);
        new SignInEvents(event).failed(failure, session);
    }

    /**
     * Tells of a failure.
     *
     * @param event which Keycloak will send; it says why then
     */
    public void explain(SignInException failure, EventBuilder event) {
        tell(failure);
        new SignInEvents(event).explain(failure);
    }

    /** Tells of a failure whose event Keycloak sends with words of its own. */
    public void tell(SignInException failure) {
        log.tell(failure);
        GigyaConnector.metersOf(session)
                .signIns()
                .failed(log.door(), failure.error().code());
    }
}
