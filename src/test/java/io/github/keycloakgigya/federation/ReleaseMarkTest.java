package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.GigyaUsers.MovedAccount;
import io.github.keycloakgigya.federation.settings.ProtectedAttributes;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.UserModel;

/** Who has left a federation, whatever users write about themselves, and what the federation does about them. */
class ReleaseMarkTest {

    private static final String ID = new UserIds(Shop.FEDERATION).of(new Uid("uid_ann"));

    private Shop shop = Shop.federated(Map.of());

    @BeforeEach
    void open_an_account() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com");
    }

    @Test
    void who_leaves_keeps_everything_but_the_link_and_says_which_federation_it_was() throws Exception {
        var user = imported();

        mark().put(user);

        assertThat(user.getFederationLink()).isNull();
        assertThat(user.getFirstAttribute("gigya.released")).isEqualTo(Shop.FEDERATION);
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(user.getEmail()).isEqualTo("ann@example.com");
        assertThat(user.isEnabled()).isTrue();
        assertThat(ReleaseMark.isShownBy(user)).isTrue();
        assertThat(mark().uidOf(user)).contains(new Uid("uid_ann"));
        assertThat(mark().userOf(new Uid("uid_ann"))).contains(user);
    }

    @Test
    void who_belongs_to_the_federation_or_never_did_has_not_left() throws Exception {
        assertThat(mark().userOf(new Uid("uid_ann"))).isEmpty();
        assertThat(mark().uidOf(imported())).isEmpty();
        assertThat(mark().userOf(new Uid("uid_ann"))).isEmpty();
        assertThat(mark().uidOf(shop.keycloak().addUser("1", "somebody"))).isEmpty();
    }

    @Test
    void what_a_user_writes_into_the_own_attributes_makes_nobody_one_who_has_left() {
        var liar = shop.keycloak().addUser("1", "liar");
        liar.setSingleAttribute("gigya.uid", "uid_ann");
        liar.setSingleAttribute("gigya.released", Shop.FEDERATION);
        liar.setSingleAttribute("gigya.released." + Shop.FEDERATION, "uid_ann");

        assertThat(mark().uidOf(liar)).isEmpty();
        assertThat(mark().isOn(liar, new Uid("uid_ann"))).isFalse();
        assertThat(mark().userOf(new Uid("uid_ann"))).isEmpty();
    }

    @Test
    void who_was_linked_is_known_by_a_note_that_no_attribute_of_the_user_changes() {
        var linked = linked();
        mark().put(linked);
        assertThat(mark().userOf(new Uid("uid_ann"))).contains(linked);

        linked.setSingleAttribute("gigya.uid", "uid_victim");

        assertThat(mark().uidOf(linked)).contains(new Uid("uid_ann"));
        assertThat(mark().userOf(new Uid("uid_victim"))).isEmpty();
    }

    @Test
    void who_was_imported_and_takes_another_uid_gets_nobodys_place() throws Exception {
        var user = imported();
        mark().put(user);

        user.setSingleAttribute("gigya.uid", "uid_victim");

        assertThat(mark().uidOf(user)).isEmpty();
        assertThat(mark().userOf(new Uid("uid_victim"))).isEmpty();
        // Nor may the own account have a second user.
        assertThat(mark().userOf(new Uid("uid_ann"))).contains(user);
    }

    @Test
    void who_has_followed_another_uid_left_with_that_one_and_the_first_is_free_for_somebody_else() throws Exception {
        var user = imported();
        shop.users().moved(new Uid("uid_ann"), new Uid("uid_anna"));
        mark().put(user);
        shop.gigya().account("uid_anna").withVerifiedEmail("third@example.com");
        assertThatThrownBy(() -> signIn("uid_anna")).isInstanceOf(AccountConflictException.class);

        user.setSingleAttribute("gigya.uid", "uid_ann");
        shop.gigya().account("uid_ann").withVerifiedEmail("another-ann@example.com");

        assertThat(mark().uidOf(user)).contains(new Uid("uid_anna"));
        var another = signIn();
        assertThat(another.getId()).isNotEqualTo(ID);
        assertThat(another.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
    }

    @Test
    void whose_link_keycloak_itself_cuts_is_known_by_the_uid_that_was_followed_last() throws Exception {
        var user = imported();
        shop.users().moved(new Uid("uid_ann"), new Uid("uid_anna"));
        user.setFederationLink(null);
        user.setSingleAttribute("gigya.uid", "uid_ann");
        assertThat(mark().uidOf(user)).contains(new Uid("uid_anna"));

        mark().take(user, new Uid("uid_anna"));
        shop.users().moved(new Uid("uid_anna"), new Uid("uid_ann"));
        user.setFederationLink(null);
        assertThat(mark().uidOf(user)).contains(new Uid("uid_ann"));
    }

    @Test
    void who_comes_back_stands_for_the_account_again_and_brings_nothing_that_the_user_may_have_written()
            throws Exception {
        var user = imported();
        mark().put(user);
        for (var name : new String[] {"missing", "asOf", "passwordCreated", "organizations", "organizationsGiven"}) {
            user.setSingleAttribute("gigya." + name, "999999999999999");
        }

        mark().take(user, new Uid("uid_ann"));

        assertThat(shop.users().find(new Uid("uid_ann"))).isPresent();
        assertThat(mark().userOf(new Uid("uid_ann"))).isEmpty();
        for (var name :
                new String[] {"missing", "asOf", "passwordCreated", "organizations", "organizationsGiven", "released"
                }) {
            assertThat(user.getFirstAttribute("gigya." + name)).as(name).isNull();
        }
    }

    @Test
    void a_linked_user_who_comes_back_and_leaves_again_is_known_by_the_last_uid() {
        var linked = linked();
        mark().put(linked);
        mark().take(linked, new Uid("uid_ann"));
        assertThat(mark().uidOf(linked)).isEmpty();
        linked.setSingleAttribute("gigya.uid", "uid_new");

        mark().put(linked);

        assertThat(mark().uidOf(linked)).contains(new Uid("uid_new"));
        assertThat(mark().userOf(new Uid("uid_ann"))).isEmpty();
    }

    @Test
    void another_federation_knows_nothing_of_who_left_this_one() throws Exception {
        mark().put(imported());

        assertThat(new ReleaseMark(shop.session(), shop.realm(), "another").userOf(new Uid("uid_ann")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void a_sign_in_gives_the_account_no_second_user(String imports) throws Exception {
        var user = imported();
        mark().put(user);
        var writes = user.writes();
        shop.federation(Map.of("importEnabled", imports));
        shop.gigya().account("uid_ann").withVerifiedEmail("new@example.com");

        assertThatThrownBy(this::signIn)
                .isInstanceOfSatisfying(
                        AccountConflictException.class,
                        refused -> assertThat(refused.isOfReleased()).isTrue());
        assertThat(shop.keycloak().users().all()).containsExactly(user);
        assertThat(user.writes()).isEqualTo(writes);
    }

    @Test
    void nobody_who_has_left_is_linked_again_by_a_verified_address() throws Exception {
        shop.federation(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        var linked = linked();
        mark().put(linked);

        assertThatThrownBy(this::signIn).isInstanceOf(AccountConflictException.class);
        shop.gigya().account("uid_ben").withVerifiedEmail("ann@example.com");
        assertThatThrownBy(() -> signIn("uid_ben")).isInstanceOf(AccountConflictException.class);
        assertThat(linked.getFederationLink()).isNull();
    }

    @Test
    void who_only_claims_to_have_left_is_linked_as_others_are_and_the_claim_goes() throws Exception {
        shop.federation(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        var user = linked();
        user.setFederationLink(null);
        user.setSingleAttribute("gigya.released", Shop.FEDERATION);

        signIn();

        assertThat(user.getFederationLink()).isEqualTo(Shop.FEDERATION);
        assertThat(user.getFirstAttribute("gigya.released")).isNull();
    }

    @Test
    void an_account_that_is_gone_or_disabled_does_nothing_to_who_has_left() throws Exception {
        shop.federation(Map.of("missingAccountPolicy", "delete"));
        var user = imported();
        mark().put(user);

        shop.users().missing(new Uid("uid_ann"));
        shop.users().inactive(new Uid("uid_ann"));

        assertThat(shop.keycloak().users().all()).containsExactly(user);
        assertThat(user.isEnabled()).isTrue();
    }

    @Test
    void who_leaves_while_the_policy_is_at_work_stays() throws Exception {
        shop.federation(Map.of("missingAccountPolicy", "delete"));
        var user = imported();
        var seen = new FederatedUser(user, ProtectedAttributes.of(shop.users().settings()));
        mark().put(user);

        shop.users().remove(seen, EndReason.DELETED);
        shop.users().disable(seen, EndReason.DISABLED);

        assertThat(shop.keycloak().users().all()).containsExactly(user);
        assertThat(user.isEnabled()).isTrue();
    }

    @Test
    void an_account_that_goes_into_that_of_somebody_who_has_left_gives_nobody_the_place() throws Exception {
        var user = imported();
        mark().put(user);
        shop.gigya().account("uid_ben");
        var ben = signIn("uid_ben");

        assertThat(shop.users().moved(new Uid("uid_ben"), new Uid("uid_ann"))).isEqualTo(MovedAccount.MERGED);
        assertThat(ben.getFirstAttribute("gigya.uid")).isEqualTo("uid_ben");
        assertThat(shop.users().moved(new Uid("uid_ann"), new Uid("uid_eve"))).isEqualTo(MovedAccount.NOBODY);
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
    }

    private ReleaseMark mark() {
        return new ReleaseMark(shop.session(), shop.realm(), Shop.FEDERATION);
    }

    private InMemoryUser imported() throws Exception {
        signIn();
        return shop.keycloak().user(ID);
    }

    private InMemoryUser linked() {
        var user = shop.keycloak().addUser("1", "ann");
        user.setEmail("ann@example.com");
        user.setEmailVerified(true);
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", "uid_ann");
        return user;
    }

    private UserModel signIn() throws Exception {
        return signIn("uid_ann");
    }

    private UserModel signIn(String uid) throws Exception {
        shop.keycloak().commit();
        var users = shop.users();
        var connection = users.federation.connect();
        var account = connection.accounts().read(new Uid(uid), users.settings().fields());
        return users.admit(users.find(new Uid(uid)), account, connection.accounts());
    }
}
