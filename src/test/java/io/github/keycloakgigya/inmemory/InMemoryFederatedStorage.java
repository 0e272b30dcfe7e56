package io.github.keycloakgigya.inmemory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/** What Keycloak keeps of users whom its own tables don't hold (JpaUserFederatedStorageProvider of 26.7). */
public abstract class InMemoryFederatedStorage implements UserFederatedStorageProvider {

    private final Map<String, MultivaluedHashMap<String, String>> attributes = new HashMap<>();
    private final Map<String, List<FederatedIdentityModel>> identities = new HashMap<>();

    @Override
    public void setSingleAttribute(RealmModel realm, String userId, String name, String value) {
        attributesOf(userId).putSingle(name, value);
    }

    @Override
    public void setAttribute(RealmModel realm, String userId, String name, List<String> values) {
        attributesOf(userId).put(name, new ArrayList<>(values));
    }

    @Override
    public void removeAttribute(RealmModel realm, String userId, String name) {
        attributesOf(userId).remove(name);
    }

    @Override
    public MultivaluedHashMap<String, String> getAttributes(RealmModel realm, String userId) {
        return attributesOf(userId);
    }

    @Override
    public void addFederatedIdentity(RealmModel realm, String userId, FederatedIdentityModel identity) {
        identities.computeIfAbsent(userId, id -> new ArrayList<>()).add(identity);
    }

    @Override
    public Stream<FederatedIdentityModel> getFederatedIdentitiesStream(String userId, RealmModel realm) {
        return identities.getOrDefault(userId, List.of()).stream();
    }

    @Override
    public FederatedIdentityModel getFederatedIdentity(String userId, String alias, RealmModel realm) {
        return getFederatedIdentitiesStream(userId, realm)
                .filter(identity -> identity.getIdentityProvider().equals(alias))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String getUserByFederatedIdentity(FederatedIdentityModel asked, RealmModel realm) {
        return identities.entrySet().stream()
                .filter(user -> user.getValue().contains(asked))
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    @Override
    public void setNotBeforeForUser(RealmModel realm, String userId, int seconds) {
        attributesOf(userId).putSingle("fedNotBefore", Integer.toString(seconds));
    }

    @Override
    public int getNotBeforeOfUser(RealmModel realm, String userId) {
        return Integer.parseInt(
                attributesOf(userId).getOrDefault("fedNotBefore", List.of("0")).get(0));
    }

    @Override
    public void preRemove(RealmModel realm, UserModel user) {
        attributes.remove(user.getId());
        identities.remove(user.getId());
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private MultivaluedHashMap<String, String> attributesOf(String userId) {
        return attributes.computeIfAbsent(userId, id -> new MultivaluedHashMap<>());
    }
}
