package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.UsernameForm;
import org.keycloak.authentication.authenticators.browser.UsernameFormFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The step that asks for the user name before Gigya's page, as an administrator adds it to a browser flow. */
public final class UsernameBeforeGigyaFactory extends UsernameFormFactory
        implements ExtensionVersion, SupportedServersOnly {

    /** Not {@code PROVIDER_ID}, which is that of Keycloak's form. */
    public static final String ID = "gigya-username-form";

    @Override
    public Authenticator create(KeycloakSession session) {
        return new UsernameBeforeGigya(new UsernameForm(session));
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Username Form before Gigya";
    }

    @Override
    public String getHelpText() {
        return "Asks for the user name, and tells the flow who it is only if that user has left Gigya (SAP Customer Data"
                + " Cloud). With any other name, also one that nobody has, the flow goes on, so that Gigya's page can follow.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
