package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The mapper "Gigya attribute": a field of the account becomes a user attribute. */
public final class GigyaAttributeMapper extends AccountMapper {

    public static final String PROVIDER_ID = "gigya-attribute-mapper";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayCategory() {
        return "Attribute Importer";
    }

    @Override
    public String getDisplayType() {
        return "Gigya attribute";
    }

    @Override
    public String getHelpText() {
        return "Writes the values of a Gigya field into a user attribute.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(ClaimCondition.FIELD)
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .label("gigyaMapperField")
                .helpText("gigyaMapperFieldHelp")
                .add()
                .property()
                .name(AttributeMapping.ATTRIBUTE)
                .type(ProviderConfigProperty.USER_PROFILE_ATTRIBUTE_LIST_TYPE)
                .required(true)
                .label("gigyaMapperAttribute")
                .helpText("gigyaMapperAttributeHelp")
                .add()
                .build();
    }

    @Override
    Mapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm) throws SettingsException {
        return AttributeMapping.parse(settings);
    }
}
