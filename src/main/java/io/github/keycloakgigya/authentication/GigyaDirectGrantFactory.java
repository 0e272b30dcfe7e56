package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.authentication.GigyaDirectGrant.DirectGrantSettings;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** The step "Gigya direct grant", as an administrator adds it to a direct grant flow. */
public final class GigyaDirectGrantFactory extends GigyaStepFactory {

    public static final String PROVIDER_ID = "gigya-direct-grant";

    /** Called by Keycloak. */
    public GigyaDirectGrantFactory() {
        super(new GigyaDirectGrant());
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return GigyaDirectGrant.DISPLAY_TYPE;
    }

    @Override
    public String getHelpText() {
        return "Signs a person in who is signed in at Gigya (SAP Customer Data Cloud) in an app. For direct grant flows.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return DirectGrantSettings.properties();
    }
}
