package io.github.keycloakgigya.broker.signin;

import static io.github.keycloakgigya.broker.BrokeredShop.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn.LoginDemands;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** Who is let in by the identity provider, where a user federation has the same accounts. */
class BrokeredSignInOfFederatedUserTest {

    private BrokeredShop shop = BrokeredShop.federated(Map.of());

    @BeforeEach
    void open_an_account() {
        shop.shop()
                .gigya()
                .account("uid_ann")
                .withVerifiedEmail("ann@example.com")
                .with("profile.firstName", "Ann");
        shop.shop().keycloak().realm().setDefaultRole(mock(RoleModel.class));
    }

    @Test
    void a_new_account_becomes_the_federations_user_who_is_linked_at_once() throws Exception {
        var account = shop.signIn("uid_ann");

        var user = onlyUser();
        assertThat(user.getFederationLink()).isEqualTo(Shop.FEDERATION);
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(user.getEmail()).isEqualTo("ann@example.com");
        assertThat(shop.linkOf(user)).isEqualTo("uid_ann");
        assertThat(AccountLinks.isFirst(account)).isTrue();
        assertThat(account.getEmail()).isNull();
        assertThat(account.getFirstName()).isNull();
    }

    @Test
    void the_federations_user_is_brought_up_to_date_and_a_second_sign_in_is_not_the_first() throws Exception {
        shop.signIn("uid_ann");
        shop.commit();
        shop.shop().gigya().account("uid_ann").with("profile.firstName", "Anna");

        var account = shop.signIn("uid_ann");

        assertThat(onlyUser().getFirstName()).isEqualTo("Anna");
        assertThat(AccountLinks.isFirst(account)).isFalse();
    }

    @Test
    void who_has_left_is_told_so_linked_or_not_and_gets_neither_a_link_nor_a_second_user() throws Exception {
        shop.signIn("uid_ann");
        shop.commit();
        var user = onlyUser();
        new ReleaseMark(shop.shop().session(), shop.shop().realm(), Shop.FEDERATION).put(user);
        shop.shop().gigya().account("uid_ann").withVerifiedEmail("new@example.com");

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_RELEASED);
        assertRefused(
                () -> shop.signIn("uid_ann", new LoginDemands(Optional.empty(), Optional.of(user), Optional.empty())),
                SignInError.ACCOUNT_RELEASED);
        shop.shop().session().users().removeFederatedIdentity(shop.shop().realm(), user, BrokeredShop.ALIAS);
        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_RELEASED);

        assertThat(onlyUser().getEmail()).isEqualTo("ann@example.com");
        assertThat(shop.linkOf(user)).isNull();
    }

    @Test
    void who_has_left_a_federation_that_is_switched_off_since_is_told_so_as_before() throws Exception {
        shop.signIn("uid_ann");
        shop.commit();
        var user = onlyUser();
        new ReleaseMark(shop.shop().session(), shop.shop().realm(), Shop.FEDERATION).put(user);
        shop.shop().realm().getComponent(Shop.FEDERATION).getConfig().putSingle("enabled", "false");

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_RELEASED);
        assertRefused(() -> shop.signIn("uid_ann", linking(user)), SignInError.ACCOUNT_RELEASED);
        shop.shop().session().users().removeFederatedIdentity(shop.shop().realm(), user, BrokeredShop.ALIAS);
        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_RELEASED);

        assertThat(onlyUser()).isEqualTo(user);
        assertThat(shop.linkOf(user)).isNull();
    }

    @Test
    void who_has_left_a_federation_that_is_gone_since_comes_in_by_the_link_as_anybody() throws Exception {
        shop.signIn("uid_ann");
        shop.commit();
        new ReleaseMark(shop.shop().session(), shop.shop().realm(), Shop.FEDERATION).put(onlyUser());
        shop.shop().realm().removeComponent(shop.shop().realm().getComponent(Shop.FEDERATION));

        assertThat(shop.signIn("uid_ann").getId()).isEqualTo("uid_ann");
    }

    @Test
    void an_account_whose_address_a_user_of_nobodys_has_is_left_to_keycloak_which_asks_for_a_proof() throws Exception {
        var local = shop.shop().keycloak().addUser("1", "ann");
        local.setEmail("ann@example.com");
        local.setEmailVerified(true);

        var account = shop.signIn("uid_ann");

        assertThat(account.getEmail()).isEqualTo("ann@example.com");
        assertThat(shop.linkOf(local)).isNull();
        assertThat(shop.shop().keycloak().users().all()).containsExactly(local);
    }

    @Test
    void an_account_whose_name_another_user_of_the_federation_has_is_refused() {
        var other = federated("uid_other", "ann@example.com");
        other.setEmail("ann@example.com");
        other.setEmailVerified(true);

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_CONFLICT);
        assertThat(shop.linkOf(other)).isNull();
    }

    @Test
    void an_account_that_is_linked_to_the_user_of_another_account_signs_nobody_in() {
        shop.shop().keycloak().link(federated("uid_other", "other"), BrokeredShop.ALIAS, "uid_ann");

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_CONFLICT);
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void an_account_whose_user_is_linked_to_another_account_signs_nobody_in() {
        shop.shop().keycloak().link(federated("uid_ann", "ann"), BrokeredShop.ALIAS, "uid_other");

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_CONFLICT);
    }

    @Test
    void a_user_of_nobodys_who_is_linked_signs_in_and_no_second_user_is_made() throws Exception {
        var local = shop.linkedUser("1", "ann", "uid_ann");

        assertThat(shop.signIn("uid_ann").getId()).isEqualTo("uid_ann");
        assertThat(shop.shop().keycloak().users().all()).containsExactly(local);
        assertThat(local.getFederationLink()).isNull();
    }

    @Test
    void a_user_whose_account_is_gone_is_disabled_as_the_policy_says() {
        var user = federated("uid_gone", "gone");

        assertRefused(() -> shop.signIn("uid_gone"), SignInError.ACCOUNT_NOT_FOUND);
        assertThat(user.isEnabled()).isFalse();
    }

    @Test
    void an_outage_disables_nobody() {
        var user = federated("uid_ann", "ann");
        shop.shop().gigya().fail("getJwt", FailureKind.UNAVAILABLE);

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.GIGYA_UNAVAILABLE);
        assertThat(user.isEnabled()).isTrue();
    }

    @Test
    void whom_the_policy_disabled_comes_back_with_the_account_and_whom_an_administrator_disabled_does_not()
            throws Exception {
        var user = federated("uid_ann", "ann");
        user.setEnabled(false);
        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_DISABLED);
        assertThat(shop.shop().gigya().calls()).isEmpty();

        user.setSingleAttribute("gigya.missing", "true");
        shop.signIn("uid_ann");
        assertThat(user.isEnabled()).isTrue();
    }

    @Test
    void a_new_account_waits_until_gigya_says_whether_its_address_is_verified() {
        shop.shop().gigya().fail("getAccountInfo", FailureKind.UNAVAILABLE);

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.GIGYA_UNAVAILABLE);
        assertThat(shop.shop().keycloak().users().all()).isEmpty();
    }

    @Test
    void gigya_is_asked_once_for_what_the_federation_needs_too() throws Exception {
        shop.shop().federation(Map.of("fieldMappings", "[{\"key\":\"data.colour\",\"value\":\"colour\"}]"));

        shop.signIn("uid_ann");

        assertThat(shop.shop().gigya().lastQuestion().fields())
                .containsExactlyInAnyOrder("data.colour", "profile.email", "profile.firstName", "profile.lastName");
        assertThat(shop.shop().gigya().calls()).filteredOn("getJwt"::equals).hasSize(1);
    }

    @Test
    void an_open_session_of_the_federations_user_is_renewed_by_that_user_alone() throws Exception {
        var ann = federated("uid_ann", "ann");
        var ben = federated("uid_ben", "ben");

        assertThat(shop.signIn("uid_ann", renewing(ann))).isNotNull();
        assertRefused(() -> shop.signIn("uid_ann", renewing(ben)), SignInError.ANOTHER_USER);
    }

    @Test
    void the_federations_user_may_link_the_own_account_and_no_other() throws Exception {
        var ann = federated("uid_ann", "ann");

        assertThat(shop.signIn("uid_ann", linking(ann)).getEmail()).isNull();
        assertSays("gigyaErrorOtherAccount", () -> shop.signIn("uid_ben", linking(ann)));
    }

    @Test
    void a_user_of_nobodys_may_link_only_an_account_that_has_no_user() throws Exception {
        var local = shop.shop().keycloak().addUser("1", "local");
        assertThat(shop.signIn("uid_ann", linking(local)).getId()).isEqualTo("uid_ann");

        federated("uid_ann", "ann");
        assertSays("gigyaErrorAlreadyLinked", () -> shop.signIn("uid_ann", linking(local)));
    }

    @Test
    void where_nobody_is_imported_every_account_has_its_user_and_none_can_be_linked() {
        shop = BrokeredShop.federated(Map.of("importEnabled", "false"));
        open_an_account();
        var local = shop.shop().keycloak().addUser("1", "local");

        assertSays("gigyaErrorAlreadyLinked", () -> shop.signIn("uid_ann", linking(local)));
    }

    @Test
    void where_nobody_is_imported_the_accounts_own_user_signs_in_and_is_linked() throws Exception {
        shop = BrokeredShop.federated(Map.of("importEnabled", "false"));
        open_an_account();

        var account = shop.signIn("uid_ann");

        assertThat(AccountLinks.isFirst(account)).isTrue();
        assertThat(shop.shop().keycloak().users().all()).isEmpty();
        shop.commit();
        assertThat(AccountLinks.isFirst(shop.signIn("uid_ann"))).isFalse();
    }

    @Test
    void an_old_user_whom_the_federation_links_by_a_verified_address_is_the_one_who_signs_in() throws Exception {
        shop = BrokeredShop.federated(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        open_an_account();
        var old = shop.shop().keycloak().addUser("1", "ann");
        old.setEmail("ann@example.com");
        old.setEmailVerified(true);

        shop.signIn("uid_ann");

        assertThat(old.getFederationLink()).isEqualTo(Shop.FEDERATION);
        assertThat(shop.linkOf(old)).isEqualTo("uid_ann");
    }

    @Test
    void an_old_user_who_is_linked_a_moment_ago_is_kept_out_while_locked() {
        shop = BrokeredShop.federated(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        open_an_account();
        var old = shop.shop().keycloak().addUser("1", "ann");
        old.setEmail("ann@example.com");
        old.setEmailVerified(true);
        shop.shop().keycloak().lock(old);

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_DISABLED);
    }

    @Test
    void the_federations_user_is_kept_out_while_locked_before_gigya_is_asked() {
        shop.shop().keycloak().lock(federated("uid_ann", "ann"));

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_DISABLED);
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void a_disabled_old_user_is_not_linked_by_an_address() throws Exception {
        shop = BrokeredShop.federated(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        open_an_account();
        var old = shop.shop().keycloak().addUser("1", "ann");
        old.setEmail("ann@example.com");
        old.setEmailVerified(true);
        old.setEnabled(false);

        shop.signIn("uid_ann");

        assertThat(old.getFederationLink()).isNull();
        assertThat(shop.linkOf(old)).isNull();
    }

    private InMemoryUser federated(String uid, String username) {
        var user = shop.shop().keycloak().addUser("id of " + uid, username);
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", uid);
        return user;
    }

    private UserModel onlyUser() {
        List<UserModel> users = shop.shop().keycloak().users().all().toList();
        assertThat(users).hasSize(1);
        return users.get(0);
    }

    private static LoginDemands renewing(UserModel user) {
        return new LoginDemands(Optional.empty(), Optional.empty(), Optional.of(user));
    }

    private static LoginDemands linking(UserModel user) {
        return new LoginDemands(Optional.empty(), Optional.of(user), Optional.empty());
    }

    private static void assertSays(String messageKey, ThrowingCallable signIn) {
        assertThatThrownBy(signIn).isInstanceOfSatisfying(SignInException.class, refused -> {
            assertThat(refused.error().code()).isEqualTo("account_conflict");
            assertThat(refused.error().messageKey()).isEqualTo(messageKey);
        });
    }
}
