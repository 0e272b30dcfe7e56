package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.lookup.FailedLookUp;
import io.github.keycloakgigya.federation.lookup.FailedLookUp.UnansweredSearchException;
import io.github.keycloakgigya.federation.lookup.UnknownNames;
import io.github.keycloakgigya.federation.lookup.UserLookUp;
import io.github.keycloakgigya.federation.password.UserPasswords;
import io.github.keycloakgigya.federation.settings.ProtectedAttributes;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.AdminMessages;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputUpdater;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.OnUserCache;
import org.keycloak.services.ErrorResponse;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.user.ImportedUserValidation;
import org.keycloak.storage.user.UserLookupProvider;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.UserProfileDecorator;
import org.keycloak.userprofile.UserProfileMetadata;

/** What Keycloak asks of a user federation. There is one of it for each Keycloak request. */
final class GigyaUserStorageProvider extends TrivialCapabilities
        implements ImportedUserValidation,
                UserLookupProvider,
                UserProfileDecorator,
                OnUserCache,
                CredentialInputValidator,
                CredentialInputUpdater {

    private static final Logger LOG = Logger.getLogger(GigyaUserStorageProvider.class);

    // As many as one call can tell of.
    private static final int ALL = 1000;

    private final KeycloakSession session;
    private final ComponentModel component;
    private final UnknownNames unknownNames;
    private final UserPasswords passwords;
    private ProtectedAttributes protectedAttributes;

    GigyaUserStorageProvider(KeycloakSession session, ComponentModel component, UnknownNames unknownNames) {
        this.session = session;
        this.component = component;
        this.unknownNames = unknownNames;
        this.passwords = new UserPasswords(session, component);
    }

    /**
     * {@return the user, never null} Keycloak removes a user for which this answers null, and calls it for every user
     * of a list, so Gigya is not asked here.
     */
    @Override
    public UserModel validate(RealmModel realm, UserModel user) {
        return StorageId.isLocalStorage(user.getId()) ? new FederatedUser(user, protectedAttributes()) : user;
    }

    @Override
    public UserModel getUserById(RealmModel realm, String id) {
        try {
            return lookUp(realm).byId(id).orElse(null);
        } catch (GigyaException failed) {
            throw new FailedLookUp(session, realm, component, failed).byId();
        }
    }

    @Override
    public UserModel getUserByUsername(RealmModel realm, String username) {
        try {
            return lookUp(realm).byUsername(username).orElse(null);
        } catch (GigyaException failed) {
            throw new FailedLookUp(session, realm, component, failed).byName(username);
        }
    }

    @Override
    public UserModel getUserByEmail(RealmModel realm, String email) {
        try {
            return lookUp(realm).byEmail(email).orElse(null);
        } catch (GigyaException failed) {
            throw new FailedLookUp(session, realm, component, failed).byName(email);
        }
    }

    @Override
    public Stream<UserModel> searchForUserStream(
            RealmModel realm, Map<String, String> params, Integer firstResult, Integer maxResults) {
        int first = firstResult == null ? 0 : Math.max(0, firstResult);
        int most = maxResults == null || maxResults < 0 ? ALL : maxResults;
        try {
            return most == 0 ? Stream.empty() : lookUp(realm).lists().page(params, first, most).stream();
        } catch (GigyaException failed) {
            throw new UnansweredSearchException(failed);
        }
    }

    @Override
    public Stream<UserModel> searchForUserByUserAttributeStream(RealmModel realm, String attrName, String attrValue) {
        try {
            return lookUp(realm).lists().byAttribute(attrName, attrValue).stream();
        } catch (GigyaException failed) {
            throw new UnansweredSearchException(failed);
        }
    }

    @Override
    public int getUsersCount(RealmModel realm, boolean includeServiceAccount) {
        try {
            return lookUp(realm).lists().count(Map.of());
        } catch (GigyaException failed) {
            // Keycloak lets nothing pass here, and a page without a number is worse than one without our users.
            LOG.warnf("User federation %s could not count its users: %s", component.getId(), failed.getMessage());
            return 0;
        }
    }

    @Override
    public int getUsersCount(RealmModel realm, Map<String, String> params) {
        try {
            return lookUp(realm).lists().count(params);
        } catch (GigyaException failed) {
            throw new UnansweredSearchException(failed);
        }
    }

    @Override
    @Deprecated // as UserCountMethodsProvider has it
    public int getUsersCount(RealmModel realm, String search) {
        return getUsersCount(realm, Map.of(UserModel.SEARCH, search));
    }

    /**
     * Has Keycloak's cache take in now what it would load later, by looking the user up in Gigya again (26.7,
     * {@code CachedUser}). Called for users who are not imported.
     */
    @Override
    public void onCache(RealmModel realm, CachedUserModel user, UserModel delegate) {
        user.getAttributes();
        Stream.of(
                        user.getGroupsStream(),
                        user.getRoleMappingsStream(),
                        user.getRequiredActionsStream(),
                        user.credentialManager().getStoredCredentialsStream())
                .forEach(loaded -> loaded.forEach(part -> {}));
    }

    @Override
    public List<AttributeMetadata> decorateUserProfile(String providerId, UserProfileMetadata metadata) {
        return new ProfileDecoration(
                        component.getId(), List.copyOf(protectedAttributes().mapped()))
                .decorate(session, metadata);
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

    /**
     * {@inheritDoc}
     *
     * @throws org.keycloak.services.ErrorResponseException telling an administrator where the password is kept; Keycloak
     *     would say that the account is read only (UserResource of 26.7)
     */
    @Override
    public boolean updateCredential(RealmModel realm, UserModel user, CredentialInput input) {
        try {
            return passwords.updateCredential(realm, user, input);
        } catch (ReadOnlyException keptByGigya) {
            if (session.getContext().getBearerToken() == null) {
                throw keptByGigya;
            }
            var told = new SettingsException("gigyaPasswordKept", new SettingName(StorageSettings.PASSWORD_CHECK));
            throw ErrorResponse.error(
                    new AdminMessages(session, realm, StorageProperties.labels()).of(told),
                    Response.Status.BAD_REQUEST);
        }
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

    private UserLookUp lookUp(RealmModel realm) throws GigyaException {
        try {
            return new UserLookUp(Federation.of(session, realm, component), unknownNames);
        } catch (SettingsException wrong) {
            throw GigyaException.answered(FailureKind.MISCONFIGURED, wrong.getMessage(), 0, null);
        }
    }

    private ProtectedAttributes protectedAttributes() {
        if (protectedAttributes == null) {
            protectedAttributes = ProtectedAttributes.of(component);
        }
        return protectedAttributes;
    }
}
