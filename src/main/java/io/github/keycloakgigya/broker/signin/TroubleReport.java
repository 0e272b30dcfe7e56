package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Tells an administrator, in the log, what keeps people from signing in by the identity provider. */
public final class TroubleReport {

    private static final Logger LOG = Logger.getLogger(TroubleReport.class);

    private final KeycloakSession session;
    private final ProviderContext provider;

    /** Tells of a provider. */
    public TroubleReport(KeycloakSession session, ProviderContext provider) {
        this.session = session;
        this.provider = provider;
    }

    /** Tells of settings that can't be used, and {@return what they mean to who signs in}. */
    public SignInException misconfigured(Exception wrong) {
        LOG.errorf(
                "The identity provider %s of realm %s can't be used: %s",
                provider.alias(), session.getContext().getRealm().getName(), wrong.getMessage());
        return SignInException.of(SignInError.GIGYA_MISCONFIGURED, wrong.getMessage());
    }

    /** Tells of a sign-in that failed, where the person can't help it. */
    public void failed(SignInException failure) {
        if (failure.isRefusalOfSettings()) {
            LOG.errorf(
                    "Gigya refuses the settings of the identity provider %s of realm %s: %s",
                    provider.alias(), session.getContext().getRealm().getName(), failure.getMessage());
        }
        if (failure.error() == SignInError.GIGYA_UNAVAILABLE) {
            LOG.warnf(
                    "Gigya gave no usable answer for a sign-in by the identity provider %s of realm %s: %s",
                    provider.alias(), session.getContext().getRealm().getName(), failure.getMessage());
        }
    }
}
