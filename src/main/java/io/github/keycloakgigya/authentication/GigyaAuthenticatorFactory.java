package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.authentication.GigyaStep.AuthenticatorSettings;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** The step "Gigya login", as an administrator adds it to a browser flow. */
public final class GigyaAuthenticatorFactory extends GigyaStepFactory {

    public static final String PROVIDER_ID = "gigya-login";

    /** Called by Keycloak. */
    public GigyaAuthenticatorFactory() {
        super(new GigyaAuthenticator());
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return GigyaAuthenticator.DISPLAY_TYPE;
    }

    @Override
    public String getHelpText() {
        return "Signs a person in with a Gigya (SAP Customer Data Cloud) account.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return AuthenticatorSettings.properties();
    }
}
