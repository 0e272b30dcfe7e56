package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.account.FieldMappings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteProperties;
import java.util.List;
import org.keycloak.models.IdentityProviderMapperModel;
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
}
