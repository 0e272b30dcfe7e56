package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.settings.AdminRights;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.broker.provider.ConfigConstants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The mapper "Gigya group": what the account says makes a member of a group. */
public final class GigyaGroupMapper extends AccountMapper {

    public static final String PROVIDER_ID = "gigya-group-mapper";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayCategory() {
        return "Group Importer";
    }

    @Override
    public String getDisplayType() {
        return "Gigya group";
    }

    @Override
    public String getHelpText() {
        return "Puts those into a group whose Gigya account says something, and out of it when it no longer does.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        var properties = new ArrayList<>(ClaimCondition.properties());
        properties.addAll(ProviderConfigurationBuilder.create()
                .property()
                .name(ConfigConstants.GROUP)
                .type(ProviderConfigProperty.GROUP_TYPE)
                .required(true)
                .label("gigyaMapperGroup")
                .helpText("gigyaMapperGroupHelp")
                .add()
                .build());
        properties.add(AdminRights.property());
        return properties;
    }

    @Override
    Mapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm) throws SettingsException {
        return GroupMapping.parse(settings, session, realm);
    }
}
