package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The condition {@code gigya-released} of a flow: whether the user whom a step before it has named signs in without Gigya.
 * Where no step has, nobody does. It proves nothing of who is there, and is to be followed by a step that does.
 */
public final class ReleasedCondition
        implements ConditionalAuthenticator, ConditionalAuthenticatorFactory, ExtensionVersion, SupportedServersOnly {

    public static final String PROVIDER_ID = "gigya-released";

    private static final Requirement[] REQUIREMENTS = {Requirement.REQUIRED, Requirement.DISABLED};

    @Override
    public boolean matchCondition(AuthenticationFlowContext context) {
        var user = context.getUser();
        return user != null && ReleaseMark.isShownBy(user);
    }

    @Override
    public ConditionalAuthenticator getSingleton() {
        return this;
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Condition - has left Gigya";
    }

    @Override
    public String getHelpText() {
        return "Runs the flow only if the user has left Gigya (SAP Customer Data Cloud) and signs in at Keycloak.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIREMENTS.clone();
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // A condition shows no page.
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // There is nothing to set up.
    }

    @Override
    public void init(Config.Scope config) {
        // No server-wide settings.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing depends on other providers.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
