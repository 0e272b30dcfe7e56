package io.github.keycloakgigya.inmemory;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;

/** The credentials of a user in Keycloak's own tables (JpaUserCredentialStore of 26.7). */
abstract class InMemoryCredentials implements SubjectCredentialManager {

    private final List<CredentialModel> stored = new ArrayList<>();

    @Override
    public CredentialModel createStoredCredential(CredentialModel credential) {
        credential.setId(UUID.randomUUID().toString());
        stored.add(credential.shallowClone());
        return credential;
    }

    @Override
    public void updateStoredCredential(CredentialModel credential) {
        stored.replaceAll(each -> each.getId().equals(credential.getId()) ? credential.shallowClone() : each);
    }

    @Override
    public boolean removeStoredCredentialById(String id) {
        return stored.removeIf(each -> each.getId().equals(id));
    }

    @Override
    public Stream<CredentialModel> getStoredCredentialsStream() {
        return stored.stream().map(CredentialModel::shallowClone);
    }

    @Override
    public Stream<CredentialModel> getStoredCredentialsByTypeStream(String type) {
        return getStoredCredentialsStream().filter(each -> type.equals(each.getType()));
    }
}
