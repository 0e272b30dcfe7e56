package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.mapper.AccountMapper.Mapping;
import io.github.keycloakgigya.settings.AdminRights;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.ConfigConstants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
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

    /**
     * A role for those whose account meets a condition.
     *
     * @param condition what gives the role
     * @param name the role's name as it is set, with the client's before a role of a client
     * @param role the role of that name
     */
    record RoleMapping(ClaimCondition condition, String name, RoleModel role) implements Mapping {

        private static final char OF_CLIENT = '.';

        static RoleMapping parse(SettingsReader settings, RealmModel realm) throws SettingsException {
            var condition = ClaimCondition.parse(settings);
            var name = settings.requiredText(ConfigConstants.ROLE);
            var role = find(realm, name).orElseThrow(() -> new SettingsException("gigyaRoleMissing", name));
            AdminRights.parse(settings).requireMayGive(role);
            return new RoleMapping(condition, name, role);
        }

        // As KeycloakModelUtils.getRoleFromString, which has other parameters in 26.5 than in 26.7.
        private static Optional<RoleModel> find(RealmModel realm, String name) {
            for (var dot = name.lastIndexOf(OF_CLIENT); dot > 0; dot = name.lastIndexOf(OF_CLIENT, dot - 1)) {
                var client = realm.getClientByClientId(name.substring(0, dot));
                if (client != null) {
                    return Optional.ofNullable(client.getRole(name.substring(dot + 1)));
                }
            }
            return Optional.ofNullable(realm.getRole(name));
        }

        @Override
        public Set<GigyaField> fields() {
            return Set.of(condition.field());
        }

        @Override
        public void create(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
            if (condition.isMetBy(account)) {
                UserWriter.setRole(user, role, true);
            }
        }

        @Override
        public void update(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
            // What another mapper has given in this sign-in stays.
            if (context.hasMapperGrantedRole(name)) {
                return;
            }
            var met = condition.isMetBy(account);
            if (met) {
                context.addMapperGrantedRole(name);
            }
            UserWriter.setRole(user, role, met);
        }
    }
}
