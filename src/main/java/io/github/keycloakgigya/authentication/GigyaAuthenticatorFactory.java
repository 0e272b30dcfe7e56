package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.signin.SignInSettings;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The step "Gigya login", as an administrator adds it to a browser flow. */
public final class GigyaAuthenticatorFactory implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "gigya-login";

    private static final Requirement[] REQUIREMENTS = {
        Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED
    };

    private final GigyaAuthenticator authenticator = new GigyaAuthenticator();

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return authenticator;
    }

    @Override
    public String getDisplayType() {
        return "Gigya login";
    }

    @Override
    public String getHelpText() {
        return "Signs a person in with a Gigya (SAP Customer Data Cloud) account.";
    }

    @Override
    public String getReferenceCategory() {
        return "gigya";
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        var properties = new ArrayList<>(ProviderConfigurationBuilder.create()
                .property()
                .name(AuthenticatorSettings.FEDERATION_PROVIDER)
                .type(ProviderConfigProperty.STRING_TYPE)
                .label("gigyaFederationProvider")
                .helpText("gigyaFederationProviderHelp")
                .add()
                .build());
        properties.addAll(SignInSettings.properties());
        return properties;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIREMENTS.clone();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
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
