package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Tells the log, the metrics and the event log of sign-ins that fail at one door. What the person or the app is told is the
 * door's answer, which {@link SignInError#messageKey} and {@link SignInError#refusal} have the words for.
 *
 * <p>In the log, a failure that the person or the app can help is told at level DEBUG alone, one of Gigya's also as a
 * warning, and one of the settings also as an error.
 */
public final class FailureReport {

    private static final Logger LOG = Logger.getLogger(FailureReport.class);

    private final Door door;
    private final Consumer<SignInException> words;

    private FailureReport(Door door, Consumer<SignInException> words) {
        this.door = door;
        this.words = words;
    }

    /**
     * {@return that of a step of a flow}
     *
     * @param step what the admin console calls it
     */
    public static FailureReport ofStep(Door door, String step, RealmModel realm) {
        return new FailureReport(door, failure -> {
            if (failure.isOfUnusableSettings()) {
                LOG.errorf(
                        "The step \"%s\" of realm %s can't be used: %s", step, realm.getName(), failure.getMessage());
                return;
            }
            signInFailed(failure);
            if (failure.error().isMisconfiguration()) {
                settingsRefused(realm, failure);
            }
            if (failure.error().isOutage()) {
                LOG.warnf(
                        "Gigya gave no usable answer for a sign-in of realm %s: %s",
                        realm.getName(), failure.getMessage());
            }
        });
    }

    /** {@return that of an identity provider's page} */
    public static FailureReport ofPage(String alias, RealmModel realm) {
        return ofProvider(Door.IDENTITY_PROVIDER, alias, realm, FailureReport::signInFailed);
    }

    /** {@return that of an identity provider where apps exchange tokens} */
    public static FailureReport ofExchange(String alias, RealmModel realm) {
        return ofProvider(
                Door.TOKEN_EXCHANGE,
                alias,
                realm,
                failure -> LOG.debugf(
                        "A token was not exchanged (%s): %s", failure.error().code(), failure.getMessage()));
    }

    /** {@return that of an identity provider where apps show authorization grants} */
    public static FailureReport ofGrant(String alias, RealmModel realm) {
        return ofProvider(
                Door.JWT_GRANT,
                alias,
                realm,
                failure -> LOG.debugf(
                        "An assertion was refused (%s): %s", failure.error().code(), failure.getMessage()));
    }

    private static FailureReport ofProvider(
            Door door, String alias, RealmModel realm, Consumer<SignInException> failed) {
        return new FailureReport(door, failure -> {
            failed.accept(failure);
            if (failure.isOfUnusableSettings()) {
                LOG.errorf(
                        "The identity provider %s of realm %s can't be used: %s",
                        alias, realm.getName(), failure.getMessage());
            }
            if (failure.isRefusalOfSettings()) {
                LOG.errorf(
                        "Gigya refuses the settings of the identity provider %s of realm %s: %s",
                        alias, realm.getName(), failure.getMessage());
            }
            if (failure.error().isOutage()) {
                LOG.warnf(
                        "Gigya gave no usable answer for a sign-in by the identity provider %s of realm %s: %s",
                        alias, realm.getName(), failure.getMessage());
            }
        });
    }

    /** {@return that of a mapper of an identity provider that is not of this extension} */
    public static FailureReport ofImporter(String mapper, String alias, RealmModel realm) {
        return new FailureReport(Door.ACCOUNT_IMPORTER, failure -> {
            signInFailed(failure);
            if (failure.isOfUnusableSettings()) {
                LOG.errorf(
                        "The mapper %s of the identity provider %s of realm %s can't be used: %s",
                        mapper, alias, realm.getName(), failure.getMessage());
            }
            if (failure.isRefusalOfSettings()) {
                LOG.errorf(
                        "Gigya refuses the settings that a mapper of the identity provider %s of realm %s takes: %s",
                        alias, realm.getName(), failure.getMessage());
            }
            if (failure.error().isOutage()) {
                LOG.warnf(
                        "Gigya gave no usable answer for a mapper of the identity provider %s of realm %s: %s",
                        alias, realm.getName(), failure.getMessage());
            }
        });
    }

    /**
     * {@return that of a password form}
     *
     * @param user whose password it is, by what a log may call a user
     */
    public static FailureReport ofPassword(String user, RealmModel realm) {
        return new FailureReport(Door.PASSWORD, failure -> {
            LOG.debugf(
                    "Sign-in of user %s by password failed (%s): %s",
                    user, failure.error().code(), failure.getMessage());
            if (failure.error().isMisconfiguration()) {
                settingsRefused(realm, failure);
            }
            if (failure.error().isOutage()) {
                LOG.warnf(
                        "Gigya gave no usable answer for a password of realm %s: %s",
                        realm.getName(), failure.getMessage());
            }
        });
    }

    /**
     * {@return that of a user federation that looks users up}
     *
     * @param federation the component's id
     */
    public static FailureReport ofLookUp(String federation) {
        return new FailureReport(
                Door.USER_LOOK_UP,
                failure -> LOG.logf(
                        failure.error().isMisconfiguration() ? Logger.Level.ERROR : Logger.Level.WARN,
                        "User federation %s could not look a user up: %s",
                        federation,
                        failure.getMessage()));
    }

    private static void signInFailed(SignInException failure) {
        LOG.debugf("Sign-in failed (%s): %s", failure.error().code(), failure.getMessage());
    }

    private static void settingsRefused(RealmModel realm, SignInException failure) {
        LOG.errorf("Gigya refuses the settings of realm %s: %s", realm.getName(), failure.getMessage());
    }

    Door door() {
        return door;
    }

    /** Tells the log alone, of a failure that ends no sign-in. */
    public void tellLog(SignInException failure) {
        words.accept(failure);
    }

    /**
     * Tells of a failure, and sends the event, after the transaction of the session.
     *
     * @param event as it is now; what is done to it later does not count
     */
    public void send(KeycloakSession session, SignInException failure, EventBuilder event) {
        tell(session, failure);
        new SignInEvents(event).failed(failure, session);
    }

    /**
     * Tells of a failure.
     *
     * @param event which Keycloak will send; it says why then
     */
    public void explain(KeycloakSession session, SignInException failure, EventBuilder event) {
        tell(session, failure);
        new SignInEvents(event).explain(failure);
    }

    /** Tells of a failure whose event Keycloak sends with words of its own. */
    public void tell(KeycloakSession session, SignInException failure) {
        words.accept(failure);
        GigyaConnector.metersOf(session).signIns().failed(door, failure.error().code());
    }
}
