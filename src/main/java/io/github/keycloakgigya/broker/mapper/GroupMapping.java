package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.settings.AdminRights;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.ConfigConstants;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

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
            new UserWriter(user).setGroup(group, true);
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
        new UserWriter(user).setGroup(group, met);
    }
}
