package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.Token;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.storage.StorageUnavailableException;

/** Whom the lists of administrators show of Gigya's accounts. */
class ListedUsersTest {

    private static final Map<String, String> ANN = Map.of(UserModel.SEARCH, "ann");

    private final Shop shop = Shop.federated(Map.of());

    @BeforeEach
    void open_an_account() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com").with("profile.firstName", "Ann");
    }

    @Test
    void a_search_shows_accounts_that_keycloak_has_no_user_of_and_imports_nobody() {
        assertThat(usernames(ANN)).containsExactly("ann@example.com");
        assertThat(count(ANN)).isEqualTo(1);
        assertThat(shop.keycloak().users().all()).isEmpty();
    }

    @Test
    void a_search_leaves_out_whom_keycloak_has_and_who_may_not_become_a_user() {
        imported("uid_ann");
        shop.gigya()
                .account("uid_banned")
                .withVerifiedEmail("banned@example.com")
                .inactive();
        shop.gigya()
                .account("uid_unfinished")
                .withVerifiedEmail("unfinished@example.com")
                .unfinished();

        assertThat(usernames(ANN)).isEmpty();
        assertThat(count(ANN)).isZero();
    }

    @Test
    void a_user_who_was_linked_rather_than_imported_is_not_shown_twice() {
        var linked = shop.keycloak().addUser("1", "somebody");
        linked.setFederationLink(Shop.FEDERATION);
        linked.setSingleAttribute("gigya.uid", "uid_ann");

        assertThat(usernames(ANN)).isEmpty();
    }

    @Test
    void an_account_that_an_identity_provider_links_to_a_user_is_not_shown_twice() {
        shop.identityProvider("gigya-idp", Map.of());
        shop.keycloak().link(shop.keycloak().addUser("1", "somebody"), "gigya-idp", "uid_ann");

        assertThat(usernames(ANN)).isEmpty();
    }

    @Test
    void a_list_of_all_is_what_keycloak_has_where_users_are_imported() {
        assertThat(usernames(Map.of())).isEmpty();
        assertThat(count(Map.of())).isZero();
        assertThat(provider().getUsersCount(shop.realm(), false)).isZero();
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void a_list_of_all_is_gigyas_where_they_are_not() {
        shop.federation(Map.of("importEnabled", "false"));

        assertThat(usernames(Map.of())).containsExactly("ann@example.com");
        assertThat(provider().getUsersCount(shop.realm(), false)).isEqualTo(1);
        assertThat(count(ANN)).isEqualTo(1);
    }

    @Test
    void gigya_is_not_asked_for_the_one_who_can_be_meant_where_keycloak_holds_that_user() {
        var user = imported("uid_ann");
        user.setUsername("ann@example.com");
        user.setEmail("ann@example.com");

        assertThat(usernames(Map.of("gigya.uid", "uid_ann"))).isEmpty();
        assertThat(usernames(exact(UserModel.USERNAME, "ann@example.com"))).isEmpty();
        assertThat(usernames(exact(UserModel.EMAIL, "ann@example.com"))).isEmpty();
        assertThat(shop.gigya().calls()).isEmpty();

        usernames(Map.of(UserModel.USERNAME, "ann@example.com"));
        usernames(exact(UserModel.USERNAME, "ben@example.com"));
        usernames(exact(UserModel.EMAIL, "ben@example.com"));
        usernames(Map.of("gigya.uid", "uid_ben"));
        assertThat(shop.gigya().calls()).hasSize(4);
    }

    @Test
    void pages_are_cut_from_what_is_left() {
        for (var name : List.of("b", "c", "d")) {
            shop.gigya().account("uid_" + name).withVerifiedEmail(name + "@example.com");
        }
        imported("uid_b");

        assertThat(page(ANN, 1, 1)).hasSize(1).isEqualTo(page(ANN, 0, 3).subList(1, 2));
        assertThat(page(ANN, 3, 10)).isEmpty();
        assertThat(page(ANN, 0, 0)).isEmpty();
        assertThat(page(ANN, -5, -1)).hasSize(3);
    }

    @Test
    void an_attribute_is_looked_up_where_a_mapping_owns_it() {
        assertThat(byAttribute("firstName", "Ann")).hasSize(1);
        assertThat(byAttribute("colour", "red")).isEmpty();
        assertThat(shop.gigya().calls()).containsExactly("search");
    }

    @Test
    void an_address_names_a_user_as_an_attribute_only_where_it_is_verified() {
        shop.federation(Map.of("importEnabled", "false", "unverifiedEmail", "store"));
        shop.gigya().account("uid_eve").withEmail("eve@example.com");

        assertThat(byAttribute("email", "ann@example.com"))
                .extracting(UserModel::getUsername)
                .containsExactly("ann@example.com");
        assertThat(byAttribute("email", "eve@example.com")).isEmpty();
        assertThat(byAttribute("username", "ANN@example.com")).hasSize(1);
    }

    @Test
    void nobody_is_shown_to_an_administrator_who_may_see_single_users_only() {
        shop.keycloak().realm().setAdminPermissionsEnabled(true);
        shop.keycloak().context().setBearerToken(mock(Token.class));

        assertThat(usernames(ANN)).isEmpty();
        assertThat(count(ANN)).isZero();
        assertThat(byAttribute("firstName", "Ann")).isEmpty();
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void nobody_is_shown_to_an_administrator_who_may_see_members_of_some_groups_only() {
        shop.session().setAttribute(UserModel.GROUPS, "groups");

        assertThat(usernames(ANN)).isEmpty();
        assertThat(count(ANN)).isZero();
    }

    @Test
    void a_listed_account_is_shown_as_it_was_listed_and_still_not_imported() {
        var listed = provider()
                .searchForUserStream(shop.realm(), ANN, 0, 10)
                .findFirst()
                .orElseThrow();

        var again = provider().getUserById(shop.realm(), listed.getId());

        assertThat(again.getUsername()).isEqualTo("ann@example.com");
        assertThat(shop.gigya().calls()).containsExactly("search");
        assertThat(shop.keycloak().users().all()).isEmpty();
        assertThat(shop.keycloak().evicted()).containsExactly(listed.getId());
    }

    @Test
    void an_outage_shortens_a_list_and_hides_no_failure_from_keycloak() {
        shop.gigya().fail("search", FailureKind.UNAVAILABLE);

        assertThatThrownBy(() -> usernames(ANN)).isInstanceOf(StorageUnavailableException.class);
        assertThatThrownBy(() -> count(ANN)).isInstanceOf(StorageUnavailableException.class);
        assertThatThrownBy(() -> byAttribute("firstName", "Ann")).isInstanceOf(StorageUnavailableException.class);
        shop.federation(Map.of("importEnabled", "false"));
        assertThat(provider().getUsersCount(shop.realm(), false)).isZero();
    }

    @Test
    void settings_that_cannot_be_used_list_nobody() {
        shop.federation(Map.of("apiKey", "nonsense"));

        assertThatThrownBy(() -> usernames(ANN)).isInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void a_user_whom_keycloak_loads_is_protected_and_never_removed_because_gigya_was_not_asked() {
        var user = imported("uid_gone");

        var validated = provider().validate(shop.realm(), user);
        validated.setSingleAttribute("gigya.uid", "uid_eve");

        assertThat(validated.getFirstAttribute("gigya.uid")).isEqualTo("uid_gone");
        assertThat(shop.gigya().calls()).isEmpty();
        var remote = mock(CachedUserModel.class);
        when(remote.getId()).thenReturn("f:" + Shop.FEDERATION + ":x");
        assertThat(provider().validate(shop.realm(), remote)).isSameAs(remote);
    }

    private GigyaUserStorageProvider provider() {
        return new GigyaUserStorageProviderFactory()
                .create(shop.session(), shop.realm().getComponent(Shop.FEDERATION));
    }

    private List<String> usernames(Map<String, String> parameters) {
        return page(parameters, 0, 10);
    }

    private List<String> page(Map<String, String> parameters, int first, int most) {
        return provider()
                .searchForUserStream(shop.realm(), parameters, first, most)
                .map(UserModel::getUsername)
                .toList();
    }

    private int count(Map<String, String> parameters) {
        return provider().getUsersCount(shop.realm(), parameters);
    }

    private List<UserModel> byAttribute(String name, String value) {
        return provider()
                .searchForUserByUserAttributeStream(shop.realm(), name, value)
                .toList();
    }

    private static Map<String, String> exact(String name, String value) {
        return Map.of(name, value, UserModel.EXACT, "true");
    }

    private InMemoryUser imported(String uid) {
        var user = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid(uid)), uid);
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", uid);
        return user;
    }
}
