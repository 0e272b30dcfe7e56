package io.github.keycloakgigya.inmemory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** A user as Keycloak's own tables hold it (UserAdapter of 26.7). */
public abstract class InMemoryUser implements UserModel {

    private final String id;
    private final Map<String, List<String>> attributes = new HashMap<>();
    private final Set<RoleModel> roles = new LinkedHashSet<>();
    private final List<GroupModel> groups = new ArrayList<>();
    private final InMemoryCredentials credentials = Partly.of(InMemoryCredentials.class);
    private String username;
    private String email;
    private String firstName;
    private String lastName;
    private boolean enabled;
    private boolean emailVerified;
    private String federationLink;
    private String serviceAccountClientLink;
    private Long created = Time.currentTimeMillis();
    private int writes;

    protected InMemoryUser(String id, String username) {
        this.id = id;
        this.username = username.toLowerCase();
    }

    /** {@return how often something was written, whether it changed anything or not} */
    public int writes() {
        return writes;
    }

    /** Has Keycloak keep a password of its own. */
    public void keepPassword() {
        var password = new CredentialModel();
        password.setType(PasswordCredentialModel.TYPE);
        credentials.createStoredCredential(password);
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getUsername() {
        return username;
    }

    @Override
    public void setUsername(String name) {
        writes++;
        username = KeycloakModelUtils.toLowerCaseSafe(name);
    }

    @Override
    public Long getCreatedTimestamp() {
        return created;
    }

    @Override
    public void setCreatedTimestamp(Long timestamp) {
        created = timestamp;
    }

    @Override
    public String getEmail() {
        return email;
    }

    @Override
    public void setEmail(String address) {
        writes++;
        email = KeycloakModelUtils.toLowerCaseSafe(address);
    }

    @Override
    public boolean isEmailVerified() {
        return emailVerified;
    }

    @Override
    public void setEmailVerified(boolean verified) {
        writes++;
        emailVerified = verified;
    }

    @Override
    public String getFirstName() {
        return firstName;
    }

    @Override
    public void setFirstName(String name) {
        writes++;
        firstName = name;
    }

    @Override
    public String getLastName() {
        return lastName;
    }

    @Override
    public void setLastName(String name) {
        writes++;
        lastName = name;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean on) {
        writes++;
        enabled = on;
    }

    @Override
    public String getFederationLink() {
        return federationLink;
    }

    @Override
    public void setFederationLink(String link) {
        writes++;
        federationLink = link;
    }

    @Override
    public String getServiceAccountClientLink() {
        return serviceAccountClientLink;
    }

    @Override
    public void setServiceAccountClientLink(String link) {
        serviceAccountClientLink = link;
    }

    @Override
    public void setSingleAttribute(String name, String value) {
        setAttribute(name, value == null ? List.of() : List.of(value));
    }

    @Override
    public void setAttribute(String name, List<String> values) {
        var first = values == null || values.isEmpty() ? null : values.get(0);
        switch (name) {
            case USERNAME -> setUsername(first);
            case EMAIL -> setEmail(first);
            case FIRST_NAME -> setFirstName(first);
            case LAST_NAME -> setLastName(first);
            default -> {
                writes++;
                if (first == null) {
                    attributes.remove(name);
                } else {
                    attributes.put(name, List.copyOf(values));
                }
            }
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (USERNAME.equals(name)) {
            return;
        }
        setAttribute(name, List.of());
    }

    @Override
    public String getFirstAttribute(String name) {
        return switch (name) {
            case USERNAME -> username;
            case EMAIL -> email;
            case FIRST_NAME -> firstName;
            case LAST_NAME -> lastName;
            default ->
                attributes.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
        };
    }

    @Override
    public Stream<String> getAttributeStream(String name) {
        return switch (name) {
            // Of a name that is not set, Keycloak's stream holds a null.
            case USERNAME, EMAIL, FIRST_NAME, LAST_NAME -> Stream.of(getFirstAttribute(name));
            default -> attributes.getOrDefault(name, List.of()).stream();
        };
    }

    @Override
    public Stream<RoleModel> getRoleMappingsStream() {
        return roles.stream();
    }

    @Override
    public boolean hasRole(RoleModel role) {
        return roles.contains(role);
    }

    @Override
    public void grantRole(RoleModel role) {
        writes++;
        roles.add(role);
    }

    @Override
    public void deleteRoleMapping(RoleModel role) {
        writes++;
        roles.remove(role);
    }

    @Override
    public Stream<GroupModel> getGroupsStream() {
        return groups.stream();
    }

    @Override
    public void joinGroup(GroupModel group) {
        writes++;
        groups.add(group);
    }

    @Override
    public void leaveGroup(GroupModel group) {
        writes++;
        groups.remove(group);
    }

    @Override
    public SubjectCredentialManager credentialManager() {
        return credentials;
    }
}
