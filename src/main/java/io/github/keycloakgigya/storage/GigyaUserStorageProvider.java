package io.github.keycloakgigya.storage;

import java.util.stream.Stream;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputUpdater;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.user.ImportedUserValidation;
import org.keycloak.storage.user.UserRegistrationProvider;

/** What Keycloak asks of a federation whose users it has imported. */
final class GigyaUserStorageProvider
        implements UserStorageProvider,
                ImportedUserValidation,
                UserRegistrationProvider,
                CredentialInputValidator,
                CredentialInputUpdater {

    private final UserPasswords passwords;

    GigyaUserStorageProvider(UserPasswords passwords) {
        this.passwords = passwords;
    }

    /**
     * {@return the user, never null} Keycloak removes a user for which this answers null, and calls it for every user
     * of a list, so Gigya is not asked here.
     */
    @Override
    public UserModel validate(RealmModel realm, UserModel user) {
        return new FederatedUser(user);
    }

    /** {@return null: accounts are made in Gigya, not in Keycloak} */
    @Override
    public UserModel addUser(RealmModel realm, String username) {
        return null;
    }

    /** {@return true: an administrator may remove the imported user; the account in Gigya stays} */
    @Override
    public boolean removeUser(RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public boolean supportsCredentialType(String type) {
        return passwords.supportsCredentialType(type);
    }

    @Override
    public boolean isConfiguredFor(RealmModel realm, UserModel user, String type) {
        return passwords.isConfiguredFor(realm, user, type);
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return passwords.isValid(realm, user, input);
    }

    @Override
    public boolean updateCredential(RealmModel realm, UserModel user, CredentialInput input) {
        return passwords.updateCredential(realm, user, input);
    }

    @Override
    public void disableCredentialType(RealmModel realm, UserModel user, String type) {
        passwords.disableCredentialType(realm, user, type);
    }

    @Override
    public Stream<String> getDisableableCredentialTypesStream(RealmModel realm, UserModel user) {
        return passwords.getDisableableCredentialTypesStream(realm, user);
    }

    @Override
    public Stream<CredentialModel> getCredentials(RealmModel realm, UserModel user) {
        return passwords.getCredentials(realm, user);
    }

    @Override
    public void preRemove(RealmModel realm) {
        // Keycloak removes the users of a realm itself.
    }

    @Override
    public void preRemove(RealmModel realm, GroupModel group) {
        // Memberships are Keycloak's own.
    }

    @Override
    public void preRemove(RealmModel realm, RoleModel role) {
        // Role mappings are Keycloak's own.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
