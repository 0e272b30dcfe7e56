package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.api.Uid;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Writes the details of a sign-in into Keycloak's login events. */
public final class SignInEvents {

    private static final String UID = "gigya_uid";
    private static final String ERROR = "gigya_error";
    private static final String ERROR_CODE = "gigya_error_code";
    private static final String CALL_ID = "gigya_call_id";

    private final EventBuilder event;

    /** Writes into an event that is not sent yet. */
    public SignInEvents(EventBuilder event) {
        this.event = event;
    }

    /** Notes whose sign-in it is, once that is proven. */
    public void proven(Uid uid) {
        event.detail(UID, uid.value());
    }

    /** Sends the failure, after the transaction of the session. */
    void failed(SignInException failure, KeycloakSession session) {
        explain(failure);
        new LateEvents(session).send(event, failure.error().eventError());
    }

    /** Adds why the sign-in failed to an event that somebody else sends. */
    void explain(SignInException failure) {
        event.detail(ERROR, failure.error().code());
        failure.gigyaFailure().ifPresent(gigya -> {
            gigya.errorCode().ifPresent(code -> event.detail(ERROR_CODE, Integer.toString(code)));
            gigya.callId().ifPresent(callId -> event.detail(CALL_ID, callId));
        });
    }

    /**
     * Sends events of failures once the request's transaction is over, whether it was committed or rolled back.
     *
     * <p>Keycloak stores such events at once, in a transaction of their own (EventBuilder of 26.5 to 26.7), since that of the
     * request may be rolled back. That takes a second database connection while the request holds its first: where as many
     * requests as there are connections fail at one time, all of them wait for each other.
     */
    static final class LateEvents {

        private static final Logger LOG = Logger.getLogger(SignInEvents.class);

        private final KeycloakSession session;

        /** Waits for the transaction of this session. */
        LateEvents(KeycloakSession session) {
            this.session = session;
        }

        /**
         * Sends an event.
         *
         * @param event as it is now; what is done to it later does not count
         * @param error one of {@link org.keycloak.events.Errors}
         */
        void send(EventBuilder event, String error) {
            var told = event.clone();
            var transactions = session.getTransactionManager();
            if (!transactions.isActive()) {
                told.error(error);
                return;
            }
            transactions.enlistAfterCompletion(new AbstractKeycloakTransaction() {
                @Override
                protected void commitImpl() {
                    sendNow(told, error);
                }

                @Override
                protected void rollbackImpl() {
                    sendNow(told, error);
                }
            });
        }

        // The request has its answer: what is thrown here would make it a failure of the server.
        private static void sendNow(EventBuilder event, String error) {
            try {
                event.error(error);
            } catch (RuntimeException failed) {
                // Its text may hold the event, and so whose it is.
                LOG.errorf(
                        "An event of a failed sign-in (%s) could not be sent: %s",
                        error, failed.getClass().getSimpleName());
            }
        }
    }
}
