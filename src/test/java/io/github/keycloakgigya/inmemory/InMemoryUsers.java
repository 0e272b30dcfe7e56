package io.github.keycloakgigya.inmemory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Keycloak's own tables of users and links (JpaUserProvider of 26.7). A rollback does not undo what was written. */
public abstract class InMemoryUsers implements UserProvider {

    record Link(String userId, FederatedIdentityModel identity) {}

    private final Map<String, InMemoryUser> byId = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<String, Integer> notBefore = new HashMap<>();
    private Runnable beforeNextAdd = () -> {};
    private Runnable beforeNextLookUpByEmail = () -> {};

    /** Lets something happen just before the next user is added, as another node could do it. */
    public void beforeNextAdd(Runnable race) {
        beforeNextAdd = race;
    }

    /** Lets something happen just before the next user is looked for by address, as another node could do it. */
    public void beforeNextLookUpByEmail(Runnable race) {
        beforeNextLookUpByEmail = race;
    }

    @Override
    public UserModel addUser(
            RealmModel realm, String id, String username, boolean addDefaultRoles, boolean addDefaultRequiredActions) {
        var race = beforeNextAdd;
        beforeNextAdd = () -> {};
        race.run();
        var name = username.toLowerCase();
        if (byId.containsKey(id) || find(user -> name.equals(user.getUsername())) != null) {
            throw new ModelDuplicateException("Duplicate resource error");
        }
        var user = Partly.of(InMemoryUser.class, id, name);
        byId.put(id, user);
        return user;
    }

    @Override
    public UserModel addUser(RealmModel realm, String username) {
        return addUser(realm, KeycloakModelUtils.generateId(), username, true, true);
    }

    @Override
    public boolean removeUser(RealmModel realm, UserModel user) {
        links.removeIf(link -> link.userId().equals(user.getId()));
        return byId.remove(user.getId()) != null;
    }

    @Override
    public void setNotBeforeForUser(RealmModel realm, UserModel user, int seconds) {
        notBefore.put(user.getId(), seconds);
    }

    @Override
    public int getNotBeforeOfUser(RealmModel realm, UserModel user) {
        return notBefore.getOrDefault(user.getId(), 0);
    }

    @Override
    public UserModel getUserById(RealmModel realm, String id) {
        return byId.get(id);
    }

    @Override
    public UserModel getUserByUsername(RealmModel realm, String username) {
        return find(user -> username.toLowerCase().equals(user.getUsername()));
    }

    @Override
    public UserModel getUserByEmail(RealmModel realm, String email) {
        var race = beforeNextLookUpByEmail;
        beforeNextLookUpByEmail = () -> {};
        race.run();
        return find(user -> email.toLowerCase().equals(user.getEmail()));
    }

    @Override
    public Stream<UserModel> searchForUserByUserAttributeStream(RealmModel realm, String name, String value) {
        return all().filter(user -> user.getAttributeStream(name).anyMatch(value::equals));
    }

    @Override
    public void addFederatedIdentity(RealmModel realm, UserModel user, FederatedIdentityModel identity) {
        links.add(new Link(user.getId(), identity));
    }

    @Override
    public boolean removeFederatedIdentity(RealmModel realm, UserModel user, String alias) {
        return links.removeIf(link -> link.userId().equals(user.getId())
                && link.identity().getIdentityProvider().equals(alias));
    }

    @Override
    public Stream<FederatedIdentityModel> getFederatedIdentitiesStream(RealmModel realm, UserModel user) {
        return links.stream().filter(link -> link.userId().equals(user.getId())).map(Link::identity);
    }

    @Override
    public FederatedIdentityModel getFederatedIdentity(RealmModel realm, UserModel user, String alias) {
        return getFederatedIdentitiesStream(realm, user)
                .filter(identity -> identity.getIdentityProvider().equals(alias))
                .findFirst()
                .orElse(null);
    }

    @Override
    public UserModel getUserByFederatedIdentity(RealmModel realm, FederatedIdentityModel asked) {
        return links.stream()
                .filter(link -> link.identity().getIdentityProvider().equals(asked.getIdentityProvider()))
                .filter(link -> link.identity().getUserId().equals(asked.getUserId()))
                .findFirst()
                .map(link -> byId.get(link.userId()))
                .orElse(null);
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** {@return all users, in the order in which they were added} */
    public Stream<UserModel> all() {
        return byId.values().stream().map(user -> (UserModel) user);
    }

    List<Link> links() {
        return links;
    }

    private UserModel find(Predicate<UserModel> condition) {
        return all().filter(Objects::nonNull).filter(condition).findFirst().orElse(null);
    }
}
