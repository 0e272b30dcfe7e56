package io.github.keycloakgigya.inmemory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.ClientModel;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** A realm as it is when it was just created, but for what a test sets. */
public abstract class InMemoryRealm implements RealmModel {

    private final String id;
    private final String name;
    private final Map<String, ComponentModel> components = new LinkedHashMap<>();
    private final Map<String, RoleModel> roles = new HashMap<>();
    private final Map<String, ClientModel> clients = new HashMap<>();
    private final List<AuthenticationExecutionModel> steps = new ArrayList<>();
    private boolean organizationsEnabled;
    private boolean enabled = true;
    private boolean loginWithEmail = true;
    private boolean duplicateEmails;
    private boolean emailAsUsername;
    private boolean adminPermissions;
    private final Map<String, AuthenticatorConfigModel> stepSettings = new HashMap<>();
    private boolean bruteForceProtected;
    private ClientModel masterAdminClient;
    private RoleModel defaultRole;

    protected InMemoryRealm(String id, String name) {
        this.id = id;
        this.name = name;
    }

    /** Adds a role of the realm. */
    public void add(RoleModel role) {
        roles.put(role.getName(), role);
    }

    /** Adds a client. */
    public void add(ClientModel client) {
        clients.put(client.getClientId(), client);
    }

    /** Adds a step to its flow. */
    public void add(AuthenticationExecutionModel step) {
        steps.add(step);
    }

    /** Adds the settings of a step. */
    public void add(AuthenticatorConfigModel config) {
        stepSettings.put(config.getId(), config);
    }

    @Override
    public AuthenticatorConfigModel getAuthenticatorConfigById(String configId) {
        return stepSettings.get(configId);
    }

    @Override
    public AuthenticationFlowModel getBrowserFlow() {
        var flow = new AuthenticationFlowModel();
        flow.setId("browser");
        return flow;
    }

    @Override
    public Stream<AuthenticationExecutionModel> getAuthenticationExecutionsStream(String flowId) {
        return steps.stream().filter(step -> flowId.equals(step.getParentFlow()));
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean on) {
        enabled = on;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public RoleModel getRole(String roleName) {
        return roles.get(roleName);
    }

    @Override
    public ClientModel getClientByClientId(String clientId) {
        return clients.get(clientId);
    }

    @Override
    public ComponentModel addComponentModel(ComponentModel component) {
        components.put(component.getId(), component);
        return component;
    }

    @Override
    public void removeComponent(ComponentModel component) {
        components.remove(component.getId());
    }

    @Override
    public ComponentModel getComponent(String componentId) {
        return components.get(componentId);
    }

    @Override
    public Stream<ComponentModel> getComponentsStream(String parentId, String providerType) {
        return components.values().stream()
                .filter(component -> parentId.equals(component.getParentId()))
                .filter(component -> providerType.equals(component.getProviderType()));
    }

    @Override
    public boolean isRememberMe() {
        return false;
    }

    @Override
    public boolean isLoginWithEmailAllowed() {
        return loginWithEmail;
    }

    @Override
    public void setLoginWithEmailAllowed(boolean allowed) {
        loginWithEmail = allowed;
    }

    @Override
    public boolean isOrganizationsEnabled() {
        return organizationsEnabled;
    }

    @Override
    public void setOrganizationsEnabled(boolean on) {
        organizationsEnabled = on;
    }

    @Override
    public boolean isDuplicateEmailsAllowed() {
        return duplicateEmails;
    }

    @Override
    public void setDuplicateEmailsAllowed(boolean allowed) {
        duplicateEmails = allowed;
    }

    @Override
    public boolean isRegistrationEmailAsUsername() {
        return emailAsUsername;
    }

    @Override
    public void setRegistrationEmailAsUsername(boolean on) {
        emailAsUsername = on;
    }

    @Override
    public boolean isAdminPermissionsEnabled() {
        return adminPermissions;
    }

    @Override
    public void setAdminPermissionsEnabled(boolean on) {
        adminPermissions = on;
    }

    @Override
    public ClientModel getMasterAdminClient() {
        return masterAdminClient;
    }

    @Override
    public void setMasterAdminClient(ClientModel client) {
        masterAdminClient = client;
    }

    @Override
    public RoleModel getDefaultRole() {
        return defaultRole;
    }

    @Override
    public void setDefaultRole(RoleModel role) {
        defaultRole = role;
    }

    @Override
    public Map<String, String> getBrowserSecurityHeaders() {
        return Stream.of(BrowserSecurityHeaders.values())
                .collect(Collectors.toMap(BrowserSecurityHeaders::getKey, BrowserSecurityHeaders::getDefaultValue));
    }

    @Override
    public boolean isBruteForceProtected() {
        return bruteForceProtected;
    }

    @Override
    public void setBruteForceProtected(boolean on) {
        bruteForceProtected = on;
    }

    @Override
    public boolean isPermanentLockout() {
        return false;
    }

    @Override
    public boolean isEventsEnabled() {
        return false;
    }

    @Override
    public boolean isAdminEventsEnabled() {
        return false;
    }

    @Override
    public boolean isAdminEventsDetailsEnabled() {
        return false;
    }

    @Override
    public Stream<String> getEventsListenersStream() {
        return Stream.empty();
    }

    @Override
    public Stream<String> getEnabledEventTypesStream() {
        return Stream.empty();
    }

    @Override
    public PasswordPolicy getPasswordPolicy() {
        return PasswordPolicy.empty();
    }
}
