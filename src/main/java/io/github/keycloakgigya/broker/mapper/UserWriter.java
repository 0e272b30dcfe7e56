package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.StoredName.PersonName;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * Writes onto users for mappers. Only what differs is written: Keycloak's cache forgets a user with every write, even one
 * that changes nothing.
 */
public final class UserWriter {

    private UserWriter() {}

    /** Gives an attribute of a user these values; with none, it is removed. */
    public static void setAttribute(UserModel user, String name, List<String> values) {
        switch (name) {
            case UserModel.FIRST_NAME -> setName(user.getFirstName(), values, user::setFirstName);
            case UserModel.LAST_NAME -> setName(user.getLastName(), values, user::setLastName);
            default -> {
                if (!sorted(user.getAttributeStream(name).toList()).equals(sorted(values))) {
                    // First, since Keycloak 26.5 takes a value that is there twice for the same value.
                    user.removeAttribute(name);
                    if (!values.isEmpty()) {
                        user.setAttribute(name, values);
                    }
                }
            }
        }
    }

    static void setRole(UserModel user, RoleModel role, boolean given) {
        if (user.hasDirectRole(role) != given) {
            if (given) {
                user.grantRole(role);
            } else {
                user.deleteRoleMapping(role);
            }
        }
    }

    static void setGroup(UserModel user, GroupModel group, boolean member) {
        if (RoleUtils.isDirectMember(user.getGroupsStream(), group) != member) {
            if (member) {
                user.joinGroup(group);
            } else {
                user.leaveGroup(group);
            }
        }
    }

    // Keycloak's database keeps no order of values.
    private static List<String> sorted(List<String> values) {
        return values.stream().sorted().toList();
    }

    private static void setName(String present, List<String> values, Consumer<String> setter) {
        var wanted = PersonName.of(values).map(PersonName::text).orElse(null);
        if (!Objects.equals(present, wanted)) {
            setter.accept(wanted);
        }
    }
}
