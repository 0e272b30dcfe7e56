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
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings of {@link GigyaAccountImporter}.
 *
 * @param source where the realm keeps the settings of the site: the alias of an identity provider {@code gigya}, or else
 *     the name or id of a user federation {@code gigya}
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

    /**
     * {@return the settings of the site, the secret among them} Whoever edits the mapper only names the place where the
     * realm keeps them.
     *
     * @throws SettingsException where there is none such, or it is disabled or wrongly configured
     */
    SiteSettings site(KeycloakSession session, RealmModel realm) throws SettingsException {
        var provider = Optional.ofNullable(session.identityProviders().getByAlias(source))
                .filter(model -> SiteAccounts.IDENTITY_PROVIDER_ID.equals(model.getProviderId()));
        if (provider.isEmpty()) {
            return siteOfFederation(session, realm);
        }
        if (!provider.get().isEnabled()) {
            throw new SettingsException("gigyaSourceDisabled", provider.get().getAlias());
        }
        return ProviderSettings.of(session, provider.get()).site();
    }

    private SiteSettings siteOfFederation(KeycloakSession session, RealmModel realm) throws SettingsException {
        var federations = new GigyaFederations(session, realm);
        if (!federations.knows(source)) {
            throw new SettingsException("gigyaSourceMissing", source);
        }
        return federations.users(Optional.of(source)).settings().site();
    }
}
