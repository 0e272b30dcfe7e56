package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.account.FieldMappings;
import io.github.keycloakgigya.broker.signin.ProviderSettings;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteAccounts;
import io.github.keycloakgigya.settings.SiteProperties;
import io.github.keycloakgigya.settings.SiteSettings;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings of {@link GigyaAccountImporter}.
 *
 * @param source where the realm keeps the settings of the site
 * @param mappings which fields become which attributes
 */
record ImporterSettings(String source, FieldMappings mappings) {

    static final String SOURCE = "source";

    /**
     * Parses a mapper's settings.
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    static ImporterSettings of(IdentityProviderMapperModel mapper) throws SettingsException {
        var settings = SettingsReader.ofConfig(mapper.getConfig());
        return new ImporterSettings(settings.requiredText(SOURCE), settings.fieldMappings());
    }

    /** {@return the settings as the admin console shows them} */
    static List<ProviderConfigProperty> properties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SOURCE)
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .label("gigyaImporterSource")
                .helpText("gigyaImporterSourceHelp")
                .add()
                .property(SiteProperties.fieldMappings())
                .build();
    }

    /** Where a realm keeps the settings of its Gigya sites, the secret among them, for those who only name the place. */
    static final class SiteSource {

        private final KeycloakSession session;
        private final RealmModel realm;

        SiteSource(KeycloakSession session, RealmModel realm) {
            this.session = session;
            this.realm = realm;
        }

        /**
         * {@return the settings of a site}
         *
         * @param name the alias of an identity provider {@code gigya}, or else the name or id of a user federation
         *     {@code gigya}
         * @throws SettingsException where there is none such, or it is disabled or wrongly configured
         */
        SiteSettings site(String name) throws SettingsException {
            var provider = provider(name);
            return provider.isPresent() ? siteOf(provider.get()) : siteOfFederation(name);
        }

        private Optional<IdentityProviderModel> provider(String alias) {
            return Optional.ofNullable(session.identityProviders().getByAlias(alias))
                    .filter(model -> SiteAccounts.IDENTITY_PROVIDER_ID.equals(model.getProviderId()));
        }

        private SiteSettings siteOf(IdentityProviderModel provider) throws SettingsException {
            if (!provider.isEnabled()) {
                throw new SettingsException("gigyaSourceDisabled", provider.getAlias());
            }
            return ProviderSettings.of(session, provider).site();
        }

        private SiteSettings siteOfFederation(String nameOrId) throws SettingsException {
            var federations = new GigyaFederations(session, realm);
            if (!federations.knows(nameOrId)) {
                throw new SettingsException("gigyaSourceMissing", nameOrId);
            }
            return federations.users(Optional.of(nameOrId)).settings().site();
        }
    }
}
