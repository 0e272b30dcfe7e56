package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInException;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Tells an administrator, in the log, that the settings of the identity provider keep people from signing in. */
final class SettingsReport {

    private static final Logger LOG = Logger.getLogger(SettingsReport.class);

    private final KeycloakSession session;
    private final GigyaIdentityProvider provider;

    SettingsReport(KeycloakSession session, GigyaIdentityProvider provider) {
        this.session = session;
        this.provider = provider;
    }

    /** Tells of settings that can't be used, and {@return what they mean to who signs in}. */
    SignInException misconfigured(Exception wrong) {
        LOG.errorf(
                "The identity provider %s of realm %s can't be used: %s",
                provider.getConfig().getAlias(), session.getContext().getRealm().getName(), wrong.getMessage());
        return SignInException.of(SignInError.GIGYA_MISCONFIGURED, wrong.getMessage());
    }

    /** Tells of a sign-in that failed, where that is because Gigya refuses the settings. */
    void failed(SignInException failure) {
        if (failure.isRefusalOfSettings()) {
            LOG.errorf(
                    "Gigya refuses the settings of the identity provider %s of realm %s: %s",
                    provider.getConfig().getAlias(),
                    session.getContext().getRealm().getName(),
                    failure.getMessage());
        }
    }
}
