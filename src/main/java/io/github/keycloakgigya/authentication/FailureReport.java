package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.monitoring.Door;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;

/**
 * Tells the log, the event log and the metrics of a sign-in that failed.
 *
 * <p>Brute-force protection is told nothing: a proof can't be guessed. Keycloak 26.5 counts every failure of a step, for
 * the user whom an earlier step named, and anybody can name anybody there. An authenticator therefore ends with a
 * challenge, never with a failure (DefaultAuthenticationFlow.processResult).
 */
final class FailureReport {

    private static final Logger LOG = Logger.getLogger(FailureReport.class);

    private final AuthenticationFlowContext context;
    private final Door door;

    FailureReport(AuthenticationFlowContext context, Door door) {
        this.context = context;
        this.door = door;
    }

    /** Reports a failure. */
    void send(SignInException failure) {
        LOG.debugf("Sign-in failed (%s): %s", failure.error().code(), failure.getMessage());
        if (failure.error() == SignInError.GIGYA_MISCONFIGURED) {
            LOG.errorf(
                    "Gigya refuses the settings of realm %s: %s",
                    context.getRealm().getName(), failure.getMessage());
        }
        if (failure.error() == SignInError.GIGYA_UNAVAILABLE) {
            LOG.warnf(
                    "Gigya gave no usable answer for a sign-in of realm %s: %s",
                    context.getRealm().getName(), failure.getMessage());
        }
        tell(failure);
    }

    /** Reports a step that can't begin, and {@return the failure} */
    SignInException send(String step, SettingsException wrong) {
        LOG.errorf(
                "The step \"%s\" of realm %s can't be used: %s",
                step, context.getRealm().getName(), wrong.getMessage());
        var misconfigured = SignInException.of(SignInError.GIGYA_MISCONFIGURED, wrong.getMessage());
        tell(misconfigured);
        return misconfigured;
    }

    private void tell(SignInException failure) {
        GigyaConnector.metersOf(context.getSession())
                .signIns()
                .failed(door, failure.error().code());
        new SignInEvents(context.getEvent()).failed(failure, context.getSession());
    }
}
