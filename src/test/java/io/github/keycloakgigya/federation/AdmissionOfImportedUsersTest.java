package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;

/** Who becomes a user of Keycloak, and what is written onto whom, where users are imported. */
class AdmissionOfImportedUsersTest {

    private static final String LINK = "linkVerifiedEmail";

    private final Shop shop = Shop.federated(Map.of());

    @BeforeEach
    void open_an_account() {
        shop.gigya()
                .account("uid_ann")
                .withVerifiedEmail("Ann@example.com")
                .with("profile.firstName", "Ann")
                .with("profile.lastName", "Example");
    }

    @Test
    void a_new_account_becomes_an_enabled_user_of_the_federation_who_is_known_by_the_uid() throws Exception {
        var user = signIn("uid_ann");

        assertThat(user.getId()).isEqualTo(new UserIds(Shop.FEDERATION).of(new Uid("uid_ann")));
        assertThat(user.isEnabled()).isTrue();
        assertThat(user.getFederationLink()).isEqualTo(Shop.FEDERATION);
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(user.getUsername()).isEqualTo("ann@example.com");
        assertThat(user.getEmail()).isEqualTo("ann@example.com");
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(user.getFirstName()).isEqualTo("Ann");
        assertThat(user.getLastName()).isEqualTo("Example");
        assertThat(user.getFirstAttribute("gigya.asOf")).matches("[0-9]{13}");
        assertThat(user.getFirstAttribute("gigya.missing")).isNull();
    }

    @Test
    void a_second_sign_in_finds_the_same_user_and_writes_nothing() throws Exception {
        var id = signIn("uid_ann").getId();
        var writes = stored(id).writes();

        assertThat(signIn("uid_ann").getId()).isEqualTo(id);
        assertThat(stored(id).writes()).isEqualTo(writes);
    }

    @Test
    void what_changed_at_gigya_is_written_past_what_keycloak_protects_and_the_cache_forgets_the_user()
            throws Exception {
        var id = signIn("uid_ann").getId();
        shop.gigya().account("uid_ann").with("profile.firstName", "Anna").withVerifiedEmail("anna@example.com");

        var user = signIn("uid_ann");

        assertThat(user.getId()).isEqualTo(id);
        assertThat(user.getFirstName()).isEqualTo("Anna");
        assertThat(user.getEmail()).isEqualTo("anna@example.com");
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(shop.keycloak().evicted()).contains(id);
    }

    @Test
    void a_sign_in_that_changes_something_notes_when_gigya_said_so() throws Exception {
        var id = signIn("uid_ann").getId();
        stored(id).setSingleAttribute("gigya.asOf", "1000");
        shop.gigya().account("uid_ann").with("profile.firstName", "Anna");

        signIn("uid_ann");

        assertThat(Long.parseLong(stored(id).getFirstAttribute("gigya.asOf"))).isGreaterThan(1_000);
    }

    @Test
    void another_node_that_imports_the_same_account_at_once_has_imported_it() throws Exception {
        var id = new UserIds(Shop.FEDERATION).of(new Uid("uid_ann"));
        shop.keycloak().users().beforeNextAdd(() -> {
            var faster = shop.keycloak().addUser(id, "ann@example.com");
            faster.setFederationLink(Shop.FEDERATION);
            faster.setSingleAttribute("gigya.uid", "uid_ann");
        });

        assertThat(signIn("uid_ann").getId()).isEqualTo(id);
        assertThat(shop.keycloak().users().all()).hasSize(1);
        assertThat(stored(id).getEmail()).isEqualTo("ann@example.com");
    }

    @Test
    void another_node_that_gives_the_name_away_at_once_leaves_none_for_the_account() {
        shop.keycloak().users().beforeNextAdd(() -> shop.keycloak().addUser("1", "ann@example.com"));

        assertThatThrownBy(() -> signIn("uid_ann")).isInstanceOf(AccountConflictException.class);
        assertThat(shop.keycloak().users().all()).hasSize(1);
    }

    @Test
    void an_account_of_the_same_uid_in_other_letters_is_another_one() throws Exception {
        signIn("uid_ann");

        assertThat(shop.users().find(new Uid("UID_ANN"))).isEmpty();
    }

    @Test
    void a_user_whom_another_federation_owns_is_not_found_by_the_uid() throws Exception {
        var stranger = shop.keycloak().addUser("1", "stranger");
        stranger.setSingleAttribute("gigya.uid", "uid_ann");
        assertThat(shop.users().find(new Uid("uid_ann"))).isEmpty();

        stranger.setFederationLink("another-federation");
        assertThat(shop.users().find(new Uid("uid_ann"))).isEmpty();

        stranger.setFederationLink(Shop.FEDERATION);
        assertThat(shop.users().find(new Uid("uid_ann")))
                .get()
                .extracting(UserModel::getId)
                .isEqualTo("1");
    }

    @Test
    void a_user_who_has_the_id_but_not_the_uid_is_not_the_accounts() throws Exception {
        var id = new UserIds(Shop.FEDERATION).of(new Uid("uid_ann"));
        shop.keycloak().addUser(id, "somebody").setFederationLink(Shop.FEDERATION);

        assertThat(shop.users().find(new Uid("uid_ann"))).isEmpty();
    }

    @Test
    void an_account_whose_name_another_user_has_is_refused_and_nothing_is_changed() throws Exception {
        var owner = shop.keycloak().addUser("1", "ann@example.com");
        var writes = owner.writes();

        assertThatThrownBy(() -> signIn("uid_ann"))
                .isInstanceOfSatisfying(
                        AccountConflictException.class,
                        refused -> assertThat(refused.isOfFederation()).isFalse());
        assertThat(shop.keycloak().users().all()).containsExactly(owner);
        assertThat(owner.writes()).isEqualTo(writes);
    }

    @Test
    void a_refusal_says_whether_the_other_user_stands_for_another_account() throws Exception {
        var owner = shop.keycloak().addUser("1", "ann@example.com");
        owner.setEmail("ann@example.com");
        owner.setEmailVerified(true);
        owner.setFederationLink(Shop.FEDERATION);
        owner.setSingleAttribute("gigya.uid", "uid_other");

        assertThatThrownBy(() -> signIn("uid_ann"))
                .isInstanceOfSatisfying(
                        AccountConflictException.class,
                        refused -> assertThat(refused.isOfFederation()).isTrue());
    }

    @Test
    void a_known_user_whose_new_name_or_address_is_anothers_is_refused_and_not_changed() throws Exception {
        var id = signIn("uid_ann").getId();
        var writes = stored(id).writes();
        shop.keycloak().addUser("1", "ben").setEmail("ben@example.com");
        shop.gigya().account("uid_ann").withVerifiedEmail("ben@example.com");

        assertThatThrownBy(() -> signIn("uid_ann")).isInstanceOf(AccountConflictException.class);
        assertThat(stored(id).writes()).isEqualTo(writes);
    }

    @Test
    void by_default_nobody_is_linked_by_a_verified_address() throws Exception {
        ordinaryUser();

        assertThatThrownBy(() -> signIn("uid_ann")).isInstanceOf(AccountConflictException.class);
    }

    @Test
    void where_the_policy_says_so_an_ordinary_user_with_the_same_verified_address_is_linked() throws Exception {
        link();
        var owner = ordinaryUser();
        // Written by the user while nothing protected it.
        owner.setSingleAttribute("gigya.missing", "true");
        owner.setSingleAttribute("gigya.asOf", "999999999999999");

        var user = signIn("uid_ann");

        assertThat(user.getId()).isEqualTo("1");
        assertThat(owner.getFederationLink()).isEqualTo(Shop.FEDERATION);
        assertThat(owner.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(owner.getFirstAttribute("gigya.missing")).isNull();
        assertThat(owner.getFirstAttribute("gigya.asOf")).matches("[0-9]{13}");
        assertThat(owner.getFirstName()).isEqualTo("Ann");
        assertThat(owner.isEmailVerified()).isTrue();
        assertThat(shop.users().find(new Uid("uid_ann"))).isPresent();
    }

    @Test
    void nobody_is_linked_by_an_address_that_gigya_has_not_verified_whatever_trust_email_says() throws Exception {
        shop.federation(Map.of("existingUserPolicy", LINK, "trustEmail", "true"));
        shop.gigya().account("uid_ben").withEmail("ben@example.com");
        var ben = shop.keycloak().addUser("2", "ben");
        ben.setEmail("ben@example.com");
        ben.setEmailVerified(true);

        assertThatThrownBy(() -> signIn("uid_ben")).isInstanceOf(AccountConflictException.class);
        assertThat(ben.getFederationLink()).isNull();
    }

    @Test
    void nobody_is_linked_who_is_linked_to_another_account_of_the_site() throws Exception {
        link();
        var owner = ordinaryUser();
        shop.identityProvider("gigya-idp", Map.of());
        shop.keycloak().link(owner, "gigya-idp", "uid_other");

        assertThatThrownBy(() -> signIn("uid_ann")).isInstanceOf(AccountConflictException.class);
        assertThat(owner.getFederationLink()).isNull();
    }

    @Test
    void who_is_linked_to_the_account_by_an_identity_provider_is_no_second_user() throws Exception {
        var linked = shop.keycloak().addUser("1", "somebody");
        shop.identityProvider("gigya-idp", Map.of());
        shop.keycloak().link(linked, "gigya-idp", "uid_ann");

        assertThatThrownBy(() -> signIn("uid_ann")).isInstanceOf(AccountConflictException.class);
        assertThat(shop.keycloak().users().all()).containsExactly(linked);
    }

    @Test
    void nothing_is_written_where_gigya_does_not_say_whether_the_new_address_is_verified() throws Exception {
        var id = signIn("uid_ann").getId();
        var writes = stored(id).writes();
        shop.gigya().account("uid_ann").withVerifiedEmail("new@example.com");
        shop.gigya().fail("getAccountInfo", FailureKind.UNAVAILABLE);

        assertThatThrownBy(() -> signIn("uid_ann")).isInstanceOf(GigyaException.class);
        assertThat(stored(id).writes()).isEqualTo(writes);
    }

    @Test
    void whoever_the_policy_disabled_comes_back_with_the_account_and_whom_an_administrator_disabled_does_not()
            throws Exception {
        var id = signIn("uid_ann").getId();
        shop.users().missing(new Uid("uid_ann"));
        assertThat(stored(id).isEnabled()).isFalse();
        assertThat(shop.keycloak().evicted()).contains(id);
        assertThat(shop.users().isOnlyMissing(stored(id))).isTrue();

        assertThat(signIn("uid_ann").isEnabled()).isTrue();
        assertThat(stored(id).getFirstAttribute("gigya.missing")).isNull();

        stored(id).setEnabled(false);
        assertThat(shop.users().isOnlyMissing(stored(id))).isFalse();
        assertThat(signIn("uid_ann").isEnabled()).isFalse();
    }

    @Test
    void an_address_counts_as_verified_only_where_gigya_says_so_of_that_very_address() throws Exception {
        shop.federation(Map.of("usernameField", "UID"));
        shop.gigya().account("uid_ben").withVerifiedEmail("old@example.com").withEmail("ben@example.com");

        assertThat(signIn("uid_ben").isEmailVerified()).isFalse();
    }

    private UserModel signIn(String uid) throws Exception {
        shop.keycloak().commit();
        var users = shop.users();
        var connection = users.federation.connect();
        var account = connection.accounts().read(new Uid(uid), users.settings().fields());
        return users.admit(users.find(new Uid(uid)), account, connection.accounts());
    }

    private InMemoryUser stored(String id) {
        return shop.keycloak().user(id);
    }

    private void link() {
        shop.federation(Map.of("existingUserPolicy", LINK));
    }

    private InMemoryUser ordinaryUser() {
        var user = shop.keycloak().addUser("1", "ann");
        user.setEmail("ann@example.com");
        user.setEmailVerified(true);
        return user;
    }
}
