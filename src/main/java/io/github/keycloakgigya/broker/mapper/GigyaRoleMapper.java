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

/** The mapper "Gigya role": what the account says gives a role. */
public final class GigyaRoleMapper extends AccountMapper {

    public static final String PROVIDER_ID = "gigya-role-mapper";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayCategory() {
        return "Role Importer";
    }

    @Override
    public String getDisplayType() {
        return "Gigya role";
    }

    @Override
    public String getHelpText() {
        return "Gives a role to those whose Gigya account says something, and takes it back when it no longer does.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        var properties = new ArrayList<>(ClaimCondition.properties());
        properties.addAll(ProviderConfigurationBuilder.create()
                .property()
                .name(ConfigConstants.ROLE)
                .type(ProviderConfigProperty.ROLE_TYPE)
                .required(true)
                .label("gigyaMapperRole")
                .helpText("gigyaMapperRoleHelp")
                .add()
                .build());
        properties.add(AdminRights.property());
        return properties;
    }

    @Override
    Mapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm) throws SettingsException {
        return RoleMapping.parse(settings, realm);
    }
}
