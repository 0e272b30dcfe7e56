package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The mapper "Gigya user name template". */
public final class GigyaUsernameMapper extends AccountMapper {

    public static final String PROVIDER_ID = "gigya-username-mapper";

    /** The same name as in Keycloak's own mapper (UsernameTemplateMapper, 26.7). */
    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayCategory() {
        return "Preprocessor";
    }

    @Override
    public String getDisplayType() {
        return "Gigya user name template";
    }

    @Override
    public String getHelpText() {
        return "Makes the user name of fields of the Gigya account.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(UsernameMapping.TEMPLATE)
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .defaultValue("${ALIAS}.${profile.nickname | lowercase}")
                .label("gigyaMapperTemplate")
                .helpText("gigyaMapperTemplateHelp")
                .add()
                .build();
    }

    @Override
    Mapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm) throws SettingsException {
        return UsernameMapping.parse(settings, session, realm);
    }
}
