package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Users whom Keycloak's own tables do not hold. */
class AdmissionOfRemoteUsersTest {

    private final Shop shop = Shop.federated(Map.of("importEnabled", "false"));
    private final String id =
            new UserIds(Shop.FEDERATION).ofRemote(new Uid("uid_ann")).orElseThrow();

    @BeforeEach
    void open_an_account() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com").with("profile.firstName", "Ann");
        shop.keycloak().realm().setDefaultRole(mock(RoleModel.class));
    }

    @Test
    void an_account_signs_in_as_a_user_whom_keycloak_stores_nowhere() throws Exception {
        var user = signIn();

        assertThat(user.getId()).isEqualTo(id);
        assertThat(user.isEnabled()).isTrue();
        assertThat(user.getUsername()).isEqualTo("ann@example.com");
        assertThat(user.getEmail()).isEqualTo("ann@example.com");
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(user.getFirstName()).isEqualTo("Ann");
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(shop.keycloak().users().all()).isEmpty();
        assertThat(shop.users().standsFor(user, new Uid("uid_ann"))).isTrue();
        assertThat(shop.users().standsFor(user, new Uid("UID_ANN"))).isFalse();
        assertThat(shop.users().owns(user)).isTrue();
        assertThat(shop.users().isOnlyMissing(user)).isFalse();
    }

    @Test
    void the_user_of_another_federation_is_not_this_ones() throws Exception {
        var other = mock(UserModel.class);
        when(other.getId()).thenReturn("f:another:" + id.substring(id.lastIndexOf(':') + 1));

        assertThat(shop.users().owns(other)).isFalse();
        assertThat(shop.users().standsFor(other, new Uid("uid_ann"))).isFalse();
    }

    @Test
    void a_user_who_is_not_up_to_date_in_keycloaks_cache_is_read_anew() throws Exception {
        signIn();
        shop.gigya().account("uid_ann").with("profile.firstName", "Anna");

        assertThat(signIn().getFirstName()).isEqualTo("Anna");
    }

    @Test
    void a_user_whom_keycloaks_cache_holds_as_the_account_was_is_forgotten_by_it() throws Exception {
        var cached = signIn();
        shop.gigya().account("uid_ann").with("profile.firstName", "Anna");
        shop.keycloak().commit();

        assertThat(signIn(cacheHolding(cached)).getFirstName()).isEqualTo("Anna");
    }

    @Test
    void a_user_whom_keycloaks_cache_holds_as_the_account_is_stays_there() throws Exception {
        var cached = signIn();
        shop.keycloak().commit();

        assertThat(signIn(cacheHolding(cached))).isSameAs(cached);
        assertThat(shop.keycloak().evicted()).isEmpty();
    }

    @Test
    void gigya_is_not_asked_again_about_an_address_that_keycloaks_cache_knows_as_verified() throws Exception {
        var cached = signIn();
        shop.keycloak().commit();
        shop.gigya().fail("getAccountInfo", FailureKind.UNAVAILABLE);

        assertThat(signIn(cacheHolding(cached)).isEmailVerified()).isTrue();
    }

    @Test
    void who_signs_in_for_the_first_time_is_not_searched_for() throws Exception {
        signIn();

        assertThat(shop.gigya().calls()).containsExactlyInAnyOrder("getJwt", "getAccountInfo");
    }

    @Test
    void a_uid_that_makes_no_id_of_keycloaks_is_refused() {
        var uid = "UID".repeat(60);
        shop.gigya().account(uid).withVerifiedEmail("long@example.com");

        assertThatThrownBy(() -> signIn(shop.users(), uid))
                .isInstanceOf(GigyaException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void a_sign_in_fails_where_the_federation_is_disabled_meanwhile() throws Exception {
        var users = shop.users();
        shop.federation(Map.of("importEnabled", "false", "enabled", "false"));

        assertThatThrownBy(() -> signIn(users, "uid_ann"))
                .isInstanceOf(GigyaException.class)
                .hasMessageContaining("disabled meanwhile");
    }

    @Test
    void an_attribute_of_keycloaks_own_is_kept_and_goes() throws Exception {
        var user = signIn();
        user.setAttribute("colours", List.of("red", "blue"));
        assertThat(user.getAttributes()).containsEntry("colours", List.of("red", "blue"));
        assertThat(user.getAttributeStream("colours")).containsExactly("red", "blue");

        user.removeAttribute("colours");
        assertThat(user.getAttributes()).doesNotContainKey("colours");
        assertThat(user.getCreatedTimestamp()).isNull();
    }

    @Test
    void a_remote_user_has_the_roles_that_an_imported_one_gets() throws Exception {
        var role = mock(RoleModel.class);
        shop.keycloak().realm().setDefaultRole(role);
        var user = (RemoteUser) signIn();

        assertThat(user.getRoleMappingsInternal()).containsExactly(role);
        assertThat(user.appendDefaultRolesToRoleMappings()).isFalse();
    }

    @Test
    void only_accounts_that_this_request_has_seen_are_found_without_asking() throws Exception {
        assertThat(shop.users().find(new Uid("uid_ann"))).isEmpty();

        signIn();

        assertThat(shop.users().find(new Uid("uid_ann")))
                .get()
                .extracting(UserModel::getId)
                .isEqualTo(id);
        shop.keycloak().commit();
        assertThat(shop.users().find(new Uid("uid_ann"))).isEmpty();
    }

    @Test
    void a_user_who_was_imported_before_goes_on_as_such() throws Exception {
        var imported = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid("uid_ann")), "ann@example.com");
        imported.setFederationLink(Shop.FEDERATION);
        imported.setSingleAttribute("gigya.uid", "uid_ann");

        assertThat(signIn().getId()).isEqualTo(imported.getId());
        assertThat(imported.getFirstName()).isEqualTo("Ann");
        assertThat(shop.users().standsFor(imported, new Uid("uid_ann"))).isTrue();

        shop.users().missing(new Uid("uid_ann"));
        assertThat(imported.isEnabled()).isFalse();
        assertThat(shop.users().isOnlyMissing(imported)).isTrue();
        assertThat(signIn().isEnabled()).isTrue();
    }

    @Test
    void what_is_kept_of_a_user_goes_with_the_account_also_where_subscriptions_are_mapped() throws Exception {
        shop.federation(Map.of(
                "importEnabled",
                "false",
                "missingAccountPolicy",
                "delete",
                "fieldMappings",
                "[{\"key\":\"subscriptions.news.email.isSubscribed\",\"value\":\"news\"}]"));
        signIn().setAttribute("colours", List.of("red"));

        shop.users().missing(new Uid("uid_ann"));

        assertThat(shop.keycloak().federatedStorage().getAttributes(shop.realm(), id))
                .isEmpty();
    }

    @Test
    void an_account_whose_name_a_local_user_has_is_refused() {
        var owner = shop.keycloak().addUser("1", "ann@example.com");
        owner.setEmail("ann@example.com");
        owner.setEmailVerified(true);

        assertThatThrownBy(this::signIn)
                .isInstanceOfSatisfying(
                        AccountConflictException.class,
                        refused -> assertThat(refused.isOfFederation()).isFalse());
    }

    @Test
    void an_account_that_an_identity_provider_links_to_a_local_user_is_no_second_user() {
        shop.identityProvider("gigya-idp", Map.of());
        shop.keycloak().link(shop.keycloak().addUser("1", "somebody"), "gigya-idp", "uid_ann");

        assertThatThrownBy(this::signIn).isInstanceOf(AccountConflictException.class);
    }

    @Test
    void whom_an_administrator_disabled_stays_disabled() throws Exception {
        signIn().setEnabled(false);
        shop.keycloak().commit();
        assertThat(signIn().isEnabled()).isFalse();

        signIn().setEnabled(true);
        assertThat(signIn().isEnabled()).isTrue();
    }

    @Test
    void an_account_that_is_gone_takes_with_it_what_keycloak_kept_where_the_policy_says_so() throws Exception {
        signIn().setSingleAttribute("colour", "red");
        shop.users().missing(new Uid("uid_ann"));
        assertThat(signIn().getFirstAttribute("colour")).isEqualTo("red");

        shop.federation(Map.of("importEnabled", "false", "missingAccountPolicy", "delete"));
        shop.keycloak().commit();
        shop.users().missing(new Uid("uid_ann"));
        assertThat(signIn().getFirstAttribute("colour")).isNull();
    }

    @Test
    void whom_an_administrator_disabled_does_not_come_back_enabled_with_the_account() throws Exception {
        shop.federation(Map.of("importEnabled", "false", "missingAccountPolicy", "delete"));
        signIn().setEnabled(false);

        shop.users().missing(new Uid("uid_ann"));

        shop.keycloak().commit();
        assertThat(signIn().isEnabled()).isFalse();
    }

    @Test
    void what_the_account_says_nobody_writes_here() throws Exception {
        var user = signIn();
        user.setUsername("eve");
        user.setEmail("eve@example.com");
        user.setFirstName("Eve");
        user.setSingleAttribute("gigya.uid", "uid_eve");
        user.setAttribute("gigya.disabled", List.of("x"));
        user.removeAttribute("gigya.uid");

        assertThat(user.getUsername()).isEqualTo("ann@example.com");
        assertThat(user.getEmail()).isEqualTo("ann@example.com");
        assertThat(user.getFirstName()).isEqualTo("Ann");
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(user.getFirstAttribute("gigya.disabled")).isNull();
        assertThat(user.isEnabled()).isTrue();
        assertThat(user.getAttributes())
                .containsEntry("username", List.of("ann@example.com"))
                .doesNotContainKey("lastName");
    }

    @Test
    void an_address_that_keycloak_verified_is_verified_until_it_changes() throws Exception {
        shop.federation(Map.of("importEnabled", "false", "fieldMappings", "[]", "usernameField", "UID"));
        var user = signIn();
        assertThat(user.isEmailVerified()).isFalse();
        user.setEmailVerified(true);
        assertThat(user.isEmailVerified()).isFalse();

        user.setEmail("mine@example.com");
        user.setEmailVerified(true);
        assertThat(user.isEmailVerified()).isTrue();

        user.setEmail("other@example.com");
        assertThat(user.isEmailVerified()).isFalse();

        user.setEmail("mine@example.com");
        user.setEmailVerified(false);
        assertThat(user.isEmailVerified()).isFalse();
    }

    @Test
    void a_sign_in_fails_where_gigya_does_not_say_whether_the_address_is_verified() throws Exception {
        shop.gigya().fail("getAccountInfo", FailureKind.UNAVAILABLE);

        assertThatThrownBy(this::signIn).isInstanceOf(GigyaException.class);
    }

    /** {@return the federation's users on a server whose cache holds this one, until it is told to forget it} */
    private GigyaUsers cacheHolding(UserModel cached) throws Exception {
        var stored = shop.session().users();
        var users = mock(UserProvider.class, delegatesTo(stored));
        doAnswer(call -> shop.keycloak().evicted().contains(id)
                        ? stored.getUserById(shop.realm(), call.getArgument(1))
                        : cached)
                .when(users)
                .getUserById(shop.realm(), id);
        var session = spy(shop.session());
        doReturn(users).when(session).users();
        return GigyaFederations.usersOf(
                Federation.of(session, shop.realm(), shop.realm().getComponent(Shop.FEDERATION)));
    }

    private UserModel signIn() throws Exception {
        return signIn(shop.users());
    }

    private static UserModel signIn(GigyaUsers users) throws Exception {
        return signIn(users, "uid_ann");
    }

    private static UserModel signIn(GigyaUsers users, String uid) throws Exception {
        var connection = users.federation.connect();
        var account = connection.accounts().read(new Uid(uid), users.settings().fields());
        return users.admit(Optional.empty(), account, connection.accounts());
    }
}
