package io.github.keycloakgigya.settings;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RoleModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * Whether what Gigya says may give rights to administer Keycloak: only where an administrator has confirmed it, because
 * whoever can write that in Gigya gets these rights.
 *
 * <p>Such rights are the roles of {@code realm-management} and, in the realm of administrators, of each realm's client;
 * realm roles named {@code admin} or {@code create-realm}; and every role that includes one of them.
 *
 * @param confirmed whether it was confirmed
 */
public record AdminRights(boolean confirmed) {

    private static final String CONFIRMED = "adminRightsConfirmed";

    private static final Set<String> REALM_ROLES = Set.of(AdminRoles.ADMIN, AdminRoles.CREATE_REALM);

    /** Where nobody can confirm it. */
    public static final AdminRights NONE = new AdminRights(false);

    /** {@return what the settings of a mapper say} */
    public static AdminRights parse(SettingsReader settings) throws SettingsException {
        return new AdminRights(settings.flag(CONFIRMED, false));
    }

    /** @throws SettingsException where the role gives rights that were not confirmed */
    public void requireMayGive(RoleModel role) throws SettingsException {
        if (!confirmed && includesAny(Stream.of(role))) {
            throw new SettingsException("gigyaRoleAdministers", role.getName());
        }
    }

    /** @throws SettingsException where the group gives rights that were not confirmed */
    public void requireMayGive(GroupModel group) throws SettingsException {
        if (!mayGive(group)) {
            throw new SettingsException("gigyaGroupAdministers", group.getName());
        }
    }

    /** {@return whether the group gives no such rights, or they were confirmed} */
    public boolean mayGive(GroupModel group) {
        // Members of a group have the roles of the groups above it as well.
        return confirmed
                || Stream.iterate(group, Objects::nonNull, GroupModel::getParent)
                        .noneMatch(each -> includesAny(each.getRoleMappingsStream()));
    }

    private static boolean includesAny(Stream<RoleModel> roles) {
        var seen = new HashSet<String>();
        return roles.anyMatch(role -> includesAny(role, seen));
    }

    private static boolean includesAny(RoleModel role, Set<String> seen) {
        return seen.add(role.getId())
                && (isOne(role)
                        || role.isComposite() && role.getCompositesStream().anyMatch(part -> includesAny(part, seen)));
    }

    private static boolean isOne(RoleModel role) {
        return role.getContainer() instanceof ClientModel client
                ? administersRealms(client)
                : REALM_ROLES.contains(role.getName());
    }

    private static boolean administersRealms(ClientModel client) {
        return Constants.REALM_MANAGEMENT_CLIENT_ID.equals(client.getClientId())
                || client.getRealm().getName().equals(Config.getAdminRealm())
                        && client.getClientId().endsWith(AdminRoles.APP_SUFFIX);
    }

    /** {@return the setting as the admin console shows it} */
    public static ProviderConfigProperty property() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(CONFIRMED)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .label("gigyaMapperAdminRights")
                .helpText("gigyaMapperAdminRightsHelp")
                .add()
                .build()
                .get(0);
    }
}
