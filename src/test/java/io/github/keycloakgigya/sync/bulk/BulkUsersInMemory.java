package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult;
import io.github.keycloakgigya.sync.bulk.BulkUsers.InactiveAccount;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/** The users of a federation, written by Keycloak's model, and listed without a database. */
public final class BulkUsersInMemory implements BulkUsers {

    private final Shop shop;
    private final ModelBulkUsers written;

    public BulkUsersInMemory(Shop shop, DetachedFederation federation) {
        this.shop = shop;
        this.written = new ModelBulkUsers(federation);
    }

    @Override
    public BulkResult write(List<FoundProfile> accounts) {
        return written.write(accounts);
    }

    @Override
    public void disable(List<InactiveAccount> accounts) {
        written.disable(accounts);
    }

    @Override
    public BulkResult preview(List<FoundProfile> accounts) {
        return written.preview(accounts);
    }

    @Override
    public List<KnownUser> after(String id, int most) {
        return linked().filter(user -> user.getId().compareTo(id) > 0)
                .sorted(Comparator.comparing(UserModel::getId))
                .limit(most)
                .map(user -> new KnownUser(user.getId(), FederatedUser.uidOf(user), user.isEnabled()))
                .toList();
    }

    @Override
    public long count() {
        return linked().count();
    }

    private Stream<UserModel> linked() {
        return shop.keycloak().users().all().filter(user -> Shop.FEDERATION.equals(user.getFederationLink()));
    }
}
