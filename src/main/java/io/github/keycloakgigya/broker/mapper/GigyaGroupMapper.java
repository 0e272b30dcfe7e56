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
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
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

    /**
     * A group for those whose account meets a condition.
     *
     * @param condition what makes a member
     * @param group of the realm
     */
    record GroupMapping(ClaimCondition condition, GroupModel group) implements Mapping {

        static GroupMapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm)
                throws SettingsException {
            var condition = ClaimCondition.parse(settings);
            var path = settings.requiredText(ConfigConstants.GROUP);
            var group = Optional.ofNullable(KeycloakModelUtils.findGroupByPath(session, realm, path))
                    .orElseThrow(() -> new SettingsException("gigyaGroupMissing", path));
            AdminRights.parse(settings).requireMayGive(group);
            return new GroupMapping(condition, group);
        }

        @Override
        public Set<GigyaField> fields() {
            return Set.of(condition.field());
        }

        @Override
        public void create(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
            if (condition.isMetBy(account)) {
                UserWriter.setGroup(user, group, true);
            }
        }

        @Override
        public void update(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
            // What another mapper has given in this sign-in stays.
            if (context.hasMapperAssignedGroup(group.getId())) {
                return;
            }
            var met = condition.isMetBy(account);
            if (met) {
                context.addMapperAssignedGroup(group.getId());
            }
            UserWriter.setGroup(user, group, met);
        }
    }
}
