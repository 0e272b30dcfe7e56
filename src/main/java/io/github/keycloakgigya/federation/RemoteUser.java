package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.federation.settings.ProtectedAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.adapter.AbstractUserAdapterFederatedStorage;

/**
 * A user whom Keycloak's user tables do not hold. What the account says comes from the account, as it was when this
 * request learned of it; roles, groups, credentials, consents, required actions and attributes of Keycloak's own are
 * kept in its federated storage.
 */
public final class RemoteUser extends AbstractUserAdapterFederatedStorage {

    private final String id;
    private final ImportedProfile profile;
    private final boolean active;
    private final Map<String, List<String>> accountAttributes;
    private final ProtectedAttributes protectedAttributes;
    private final RemoteUserState state;

    /**
     * Shows an account as a user.
     *
     * @param id made from the account's UID
     * @param profile what the account says
     * @param active whether the account may sign in at Gigya
     */
    public RemoteUser(Federation federation, String id, ImportedProfile profile, boolean active) {
        super(federation.session(), federation.realm(), federation.component());
        this.id = id;
        this.profile = profile;
        this.active = active;
        this.protectedAttributes = ProtectedAttributes.of(federation.settings());
        this.state = new RemoteUserState(getFederatedStorage(), realm, id);
        this.accountAttributes = new LinkedHashMap<>(profile.attributes());
        accountAttributes.put(UserModel.USERNAME, List.of(profile.username()));
        accountAttributes.put(FederatedUser.UID, List.of(profile.uid().value()));
        if (protectedAttributes.contains(UserModel.EMAIL)) {
            accountAttributes.put(UserModel.EMAIL, profile.email().stream().toList());
        }
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getUsername() {
        return profile.username();
    }

    @Override
    public void setUsername(String username) {
        // Gigya's.
    }

    @Override
    public boolean isEnabled() {
        return active && !state.isDisabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        state.setDisabled(!enabled);
    }

    @Override
    public boolean isEmailVerified() {
        var email = getEmail();
        return email != null
                && (state.hasVerified(email)
                        || protectedAttributes.contains(UserModel.EMAIL) && profile.emailVerified());
    }

    /** Remembers that Keycloak verified the present address; another one is not verified by that. */
    @Override
    public void setEmailVerified(boolean verified) {
        var email = getEmail();
        if (!verified || email == null) {
            state.forgetVerifiedEmail();
        } else if (!isEmailVerified()) {
            state.setVerifiedEmail(email);
        }
    }

    /** {@return null: no call that makes this user tells when the account was created} */
    @Override
    public Long getCreatedTimestamp() {
        return null;
    }

    @Override
    public void setCreatedTimestamp(Long timestamp) {
        // Gigya's.
    }

    @Override
    public Map<String, List<String>> getAttributes() {
        var attributes = new LinkedHashMap<String, List<String>>();
        getFederatedStorage().getAttributes(realm, id).forEach((name, values) -> {
            if (!protectedAttributes.contains(name)) {
                attributes.put(name, values);
            }
        });
        accountAttributes.forEach((name, values) -> {
            if (!values.isEmpty()) {
                attributes.put(name, values);
            }
        });
        return attributes;
    }

    @Override
    public Stream<String> getAttributeStream(String name) {
        if (accountAttributes.containsKey(name)) {
            return accountAttributes.get(name).stream();
        }
        if (protectedAttributes.contains(name)) {
            return Stream.empty();
        }
        var stored = getFederatedStorage().getAttributes(realm, id).get(name);
        return stored == null ? Stream.empty() : stored.stream();
    }

    @Override
    public String getFirstAttribute(String name) {
        return getAttributeStream(name).findFirst().orElse(null);
    }

    @Override
    public void setSingleAttribute(String name, String value) {
        if (isWritable(name)) {
            super.setSingleAttribute(name, value);
        }
    }

    @Override
    public void setAttribute(String name, List<String> values) {
        if (isWritable(name)) {
            super.setAttribute(name, values);
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (isWritable(name)) {
            super.removeAttribute(name);
        }
    }

    // The role itself, as an imported user has it, and not what it consists of.
    @Override
    protected Set<RoleModel> getRoleMappingsInternal() {
        return Set.of(realm.getDefaultRole());
    }

    @Override
    protected boolean appendDefaultRolesToRoleMappings() {
        return false;
    }

    @Override
    protected String mapAttribute(String attributeName) {
        // Keycloak's other names for first name, last name and address would show up beside those.
        return attributeName;
    }

    private boolean isWritable(String name) {
        return !accountAttributes.containsKey(name) && !protectedAttributes.contains(name);
    }
}
