package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.broker.mapper.MappedFields;
import io.github.keycloakgigya.settings.SettingsException;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The identity provider {@code gigya} as the steps of one request see it.
 *
 * @param provider as Keycloak knows it
 * @param mappedFields the fields that the mappers of this sign-in need
 */
public record ProviderContext(
        UserAuthenticationIdentityProvider<GigyaIdentityProviderConfig> provider, MappedFields mappedFields) {

    /** {@return the settings as Keycloak stores them} */
    public GigyaIdentityProviderConfig config() {
        return provider.getConfig();
    }

    /** {@return the name that the realm knows the provider by} */
    public String alias() {
        return config().getAlias();
    }

    /**
     * {@return the settings, as a request sees them} It reads them once, the vault included, unless they change in its midst.
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    public ProviderSettings settings(KeycloakSession session) throws SettingsException {
        return ProviderSettings.of(session, config());
    }

    /** Leaves the settings out, which hold the secret. */
    @Override
    public String toString() {
        return "ProviderContext[" + alias() + "]";
    }
}
