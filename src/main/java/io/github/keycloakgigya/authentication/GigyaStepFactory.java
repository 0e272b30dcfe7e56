package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** What all steps have in common for an administrator who adds one to a flow. */
abstract sealed class GigyaStepFactory implements AuthenticatorFactory, ExtensionVersion, SupportedServersOnly
        permits GigyaAuthenticatorFactory, GigyaDirectGrantFactory {

    private static final Requirement[] REQUIREMENTS = {
        Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED
    };

    private final GigyaStep step;

    GigyaStepFactory(GigyaStep step) {
        this.step = step;
    }

    @Override
    public final Authenticator create(KeycloakSession session) {
        return step;
    }

    @Override
    public final String getReferenceCategory() {
        return "gigya";
    }

    @Override
    public final boolean isConfigurable() {
        return true;
    }

    @Override
    public final Requirement[] getRequirementChoices() {
        return REQUIREMENTS.clone();
    }

    @Override
    public final boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public final void init(Config.Scope config) {
        // No server-wide settings.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // Nothing depends on other providers.
    }

    @Override
    public final void close() {
        // Nothing is held.
    }
}
