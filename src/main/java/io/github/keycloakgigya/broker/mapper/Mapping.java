package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.UserModel;

/** The settings of one mapper, of which it is certain that they can be used. */
sealed interface Mapping
        permits GigyaAttributeMapper.AttributeMapping,
                GigyaRoleMapper.RoleMapping,
                GigyaGroupMapper.GroupMapping,
                GigyaUsernameMapper.UsernameMapping {

    /** {@return the fields that it needs of an account} */
    Set<GigyaField> fields();

    /** Tells Keycloak what a new user is to look like. */
    default void prepare(BrokeredIdentityContext context, BrokeredAccount account) {
        // Most write onto the user alone.
    }

    /** Writes what the account says onto a user who has just been created. */
    default void create(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
        // Keycloak wrote what was prepared.
    }

    /** Writes what the account says onto a user, and takes back what it no longer says. */
    void update(UserModel user, BrokeredIdentityContext context, BrokeredAccount account);
}
