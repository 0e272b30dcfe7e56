package io.github.keycloakgigya.broker.signin;

import static io.github.keycloakgigya.broker.BrokeredShop.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn.LoginDemands;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SettingsException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;

/** Who is let in by the identity provider, where no user federation has the same accounts. */
class BrokeredSignInTest {

    private BrokeredShop shop = BrokeredShop.plain(Map.of());

    @BeforeEach
    void open_an_account() {
        shop.shop()
                .gigya()
                .account("uid_ann")
                .withVerifiedEmail("ann@example.com")
                .with("profile.firstName", "Ann")
                .with("profile.lastName", "Example");
    }

    @Test
    void an_account_that_nobody_is_linked_to_is_described_to_keycloak_which_asks_for_the_rest() throws Exception {
        var account = shop.signIn("uid_ann");

        assertThat(account.getId()).isEqualTo("uid_ann");
        assertThat(account.getBrokerUserId()).isEqualTo("gigya-idp.uid_ann");
        assertThat(account.getUsername()).isEqualTo("ann@example.com");
        assertThat(account.getEmail()).isEqualTo("ann@example.com");
        assertThat(account.getFirstName()).isEqualTo("Ann");
        assertThat(account.getLastName()).isEqualTo("Example");
        assertThat(BrokeredAccount.isEmailVerified(account)).isTrue();
        assertThat(AccountLinks.isFirst(account)).isFalse();
        assertThat(shop.shop().keycloak().users().all()).isEmpty();
    }

    @Test
    void the_linked_user_signs_in_by_the_uid_alone_whatever_the_account_is_called_now() throws Exception {
        shop.linkedUser("1", "ann", "uid_ann");
        shop.shop().keycloak().addUser("2", "ann@example.com");

        assertThat(shop.signIn("uid_ann").getId()).isEqualTo("uid_ann");
    }

    @Test
    void gigya_is_asked_about_the_address_of_a_linked_user_only_where_it_is_going_to_be_written() throws Exception {
        shop.linkedUser("1", "ann", "uid_ann");
        shop.signIn("uid_ann");
        assertThat(shop.shop().gigya().calls()).containsExactly("getJwt");

        shop.model().setSyncMode(IdentityProviderSyncMode.FORCE);
        shop.commit();
        assertThat(BrokeredAccount.isEmailVerified(shop.signIn("uid_ann"))).isTrue();
    }

    @Test
    void a_new_address_that_is_anothers_keeps_even_the_linked_user_out_where_it_would_be_written() {
        shop.linkedUser("1", "ann", "uid_ann");
        shop.shop().keycloak().addUser("2", "ben").setEmail("ann@example.com");
        shop.model().setSyncMode(IdentityProviderSyncMode.FORCE);

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_CONFLICT);
    }

    @Test
    void a_new_address_that_is_anothers_name_keeps_the_linked_user_out_where_it_would_be_written() {
        shop.linkedUser("1", "ann", "uid_ann");
        shop.shop().keycloak().addUser("2", "ann@example.com");
        shop.model().setSyncMode(IdentityProviderSyncMode.FORCE);

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_CONFLICT);
    }

    @Test
    void a_disabled_user_is_kept_out_before_gigya_is_asked() {
        shop.linkedUser("1", "ann", "uid_ann").setEnabled(false);

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_DISABLED);
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void a_new_account_that_would_be_taken_for_another_user_is_refused() {
        signsInBy("ben@example.com");
        shop.shop().keycloak().addUser("1", "ben").setEmail("ben@example.com");
        shop.model().getConfig().put("usernameField", "profile.nickname");

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ACCOUNT_CONFLICT);
    }

    @Test
    void an_account_that_only_typed_anothers_address_as_its_name_goes_by_the_uid() throws Exception {
        shop.shop().gigya().account("uid_ann").with("profile.nickname", "ben@example.com");
        shop.shop().keycloak().addUser("1", "ben").setEmail("ben@example.com");
        shop.model().getConfig().put("usernameField", "profile.nickname");

        assertThat(shop.signIn("uid_ann").getUsername()).isEqualTo("uid_ann");
    }

    @Test
    void an_account_without_a_verified_address_is_described_without_any() throws Exception {
        shop.shop().gigya().account("uid_ben").withEmail("ben@example.com");

        var account = shop.signIn("uid_ben");

        assertThat(account.getEmail()).isNull();
        assertThat(account.getUsername()).isEqualTo("uid_ben");
        assertThat(BrokeredAccount.of(account).orElseThrow().email()).isEmpty();
    }

    @Test
    void where_addresses_are_names_the_name_is_the_address() throws Exception {
        signsInBy("ben@example.com");
        shop.shop().keycloak().addUser("1", "ben").setEmail("ben@example.com");
        shop.model().getConfig().put("usernameField", "profile.nickname");
        shop.shop().keycloak().realm().setRegistrationEmailAsUsername(true);

        assertThat(shop.signIn("uid_ann")).isNotNull();
    }

    @Test
    void an_account_that_is_gone_signs_nobody_in() {
        shop.linkedUser("1", "ann", "uid_gone");

        assertRefused(() -> shop.signIn("uid_gone"), SignInError.ACCOUNT_NOT_FOUND);
    }

    @Test
    void an_outage_signs_nobody_in() {
        shop.shop().gigya().fail("getJwt", FailureKind.UNAVAILABLE);
        assertRefused(() -> shop.signIn("uid_ann"), SignInError.GIGYA_UNAVAILABLE);
    }

    @Test
    void a_new_account_waits_until_gigya_says_whether_its_address_is_verified() {
        shop.shop().gigya().fail("getAccountInfo", FailureKind.UNAVAILABLE);

        assertRefused(() -> shop.signIn("uid_ann"), SignInError.GIGYA_UNAVAILABLE);
    }

    @Test
    void an_account_that_lacks_an_essential_claim_is_refused_with_keycloaks_own_text() {
        shop = BrokeredShop.plain(
                Map.of("filteredByClaim", "true", "claimFilterName", "data.member", "claimFilterValue", "gold|silver"));
        open_an_account();
        assertThatThrownBy(() -> shop.signIn("uid_ann")).isInstanceOfSatisfying(SignInException.class, refused -> {
            assertThat(refused.error().code()).isEqualTo("account_incomplete");
            assertThat(refused.error().messageKey())
                    .isEqualTo(Messages.IDENTITY_PROVIDER_UNMATCHED_ESSENTIAL_CLAIM_ERROR);
        });

        shop.shop().gigya().account("uid_ann").with("data.member", "golden");
        assertRefused(() -> shop.signIn("uid_ann"), SignInError.ESSENTIAL_CLAIM_MISSING);
    }

    @Test
    void an_account_that_has_the_essential_claim_is_let_in() throws Exception {
        shop = BrokeredShop.plain(
                Map.of("filteredByClaim", "true", "claimFilterName", "data.member", "claimFilterValue", "gold|silver"));
        open_an_account();
        shop.shop().gigya().account("uid_ann").with("data.member", "gold");

        assertThat(shop.signIn("uid_ann")).isNotNull();
    }

    @Test
    void a_login_that_demands_a_new_sign_in_at_gigya_takes_no_older_one() throws Exception {
        shop.shop().gigya().account("uid_ann").lastSignedInAt(Instant.now().minusSeconds(600));
        var demands = new LoginDemands(Optional.of(Instant.now().minusSeconds(60)), Optional.empty(), Optional.empty());
        assertRefused(() -> shop.signIn("uid_ann", demands), SignInError.PROOF_EXPIRED);

        shop.shop().gigya().account("uid_ann").lastSignedInAt(Instant.now());
        assertThat(shop.signIn("uid_ann", demands)).isNotNull();
    }

    @Test
    void an_open_session_is_renewed_by_its_own_user_alone() throws Exception {
        var ann = shop.linkedUser("1", "ann", "uid_ann");
        var ben = shop.linkedUser("2", "ben", "uid_ben");

        assertThat(shop.signIn("uid_ann", renewing(ann))).isNotNull();
        assertThatThrownBy(() -> shop.signIn("uid_ann", renewing(ben)))
                .isInstanceOfSatisfying(SignInException.class, refused -> {
                    assertThat(refused.error().code()).isEqualTo("proof_invalid");
                    assertThat(refused.error().messageKey()).isEqualTo("gigyaErrorOtherAccount");
                });
        assertRefused(() -> shop.signIn("uid_new", renewing(ben)), SignInError.ANOTHER_USER);
    }

    @Test
    void a_signed_in_user_may_link_an_account_whose_address_is_the_users_own() throws Exception {
        var ann = shop.shop().keycloak().addUser("1", "ann");
        ann.setEmail("ann@example.com");

        var account = shop.signIn("uid_ann", linking(ann));

        assertThat(account.getId()).isEqualTo("uid_ann");
        // The link shows a name, which may be an address that Gigya has verified.
        assertThat(shop.shop().gigya().calls()).containsExactly("getJwt", "getAccountInfo");
        assertThat(shop.linkOf(ann)).isNull();
    }

    @Test
    void gigya_is_asked_for_what_mappers_need_and_no_more() throws Exception {
        shop.mapper("gigya-attribute-mapper", Map.of("field", "data.colour", "user.attribute", "colour"));

        shop.signIn("uid_ann");

        assertThat(shop.shop().gigya().lastQuestion().fields())
                .containsExactlyInAnyOrder("data.colour", "profile.email", "profile.firstName", "profile.lastName");
    }

    @Test
    void what_is_remembered_of_the_mappers_serves_linked_users_alone() throws Exception {
        shop.mapper("gigya-attribute-mapper", Map.of("field", "data.colour", "user.attribute", "colour"));
        shop.signIn().account(new Uid("uid_ann"), LoginDemands.none(), Optional.of(Set.of()));
        assertThat(shop.shop().gigya().lastQuestion().fields()).contains("data.colour");

        shop.linkedUser("1", "ann", "uid_ann");
        shop.signIn().account(new Uid("uid_ann"), LoginDemands.none(), Optional.of(Set.of()));
        assertThat(shop.shop().gigya().lastQuestion().fields()).doesNotContain("data.colour");
    }

    @Test
    void a_mapper_that_cannot_be_used_stops_a_new_user_before_anything_is_written() {
        shop.mapper("gigya-role-mapper", Map.of("field", "data.member", "value", "gold", "role", "nowhere"));

        assertThatThrownBy(() -> shop.signIn("uid_ann")).isInstanceOf(SettingsException.class);
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void the_account_travels_with_the_login_and_no_log_shows_it() throws Exception {
        BrokeredIdentityContext account = shop.signIn("uid_ann");

        assertThat(BrokeredAccount.of(account).orElseThrow().uid()).isEqualTo(new Uid("uid_ann"));
        assertThat(BrokeredAccount.of(account).orElseThrow().verifiedEmail()).contains("ann@example.com");
        assertThat(renewing(null).toString() + BrokeredAccount.of(account).orElseThrow())
                .doesNotContain("ann");
    }

    private static LoginDemands renewing(UserModel user) {
        return new LoginDemands(Optional.empty(), Optional.empty(), Optional.ofNullable(user));
    }

    private static LoginDemands linking(UserModel user) {
        return new LoginDemands(Optional.empty(), Optional.of(user), Optional.empty());
    }

    private void signsInBy(String address) {
        shop.shop().gigya().account("uid_ann").withLogin(address, "password").with("profile.nickname", address);
    }
}
