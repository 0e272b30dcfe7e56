package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.NameContest.Contested;
import io.github.keycloakgigya.federation.NameContest.UserConflicts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

class UserConflictsTest {

    private final RealmModel realm = mock(RealmModel.class);
    private final UserProvider users = mock(UserProvider.class);
    private final UserConflicts conflicts = new UserConflicts(realm, users);

    @BeforeEach
    void people_may_type_their_address_to_sign_in() {
        when(realm.isLoginWithEmailAllowed()).thenReturn(true);
    }

    @Test
    void a_name_and_an_address_that_nobody_has_meet_nobody() {
        user("1", "bob", "bob@example.com");

        assertThat(met(conflicts, profile("ann", "ann@example.com"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void whoever_has_the_address_or_the_name_is_met() {
        var byAddress = user("1", "x", "ann@example.com");
        var byName = user("2", "carol", "y@example.com");

        assertThat(met(conflicts, profile("ann", "ann@example.com"), Optional.empty()))
                .contains(byAddress);
        assertThat(met(conflicts, profile("carol", "c@example.com"), Optional.empty()))
                .contains(byName);
    }

    @Test
    void a_name_that_is_anothers_address_and_the_reverse_are_met() {
        var bob = user("1", "bob", "bob@example.com");
        var carol = user("2", "carol@example.com", "y@example.com");

        assertThat(met(conflicts, profile("bob@example.com", "new@example.com"), Optional.empty()))
                .contains(bob);
        assertThat(met(conflicts, profile("new", "carol@example.com"), Optional.empty()))
                .contains(carol);
    }

    @Test
    void where_addresses_are_no_names_a_name_may_look_like_one() {
        when(realm.isLoginWithEmailAllowed()).thenReturn(false);
        user("1", "bob", "bob@example.com");

        assertThat(met(conflicts, profile("bob@example.com", "new@example.com"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void the_accounts_own_user_is_no_conflict_and_costs_no_query() {
        var own = user("1", "ann", "ann@example.com");
        var untouched = mock(UserProvider.class);

        assertThat(met(new UserConflicts(realm, untouched), profile("ann", "ann@example.com"), Optional.of(own)))
                .isEmpty();
        verifyNoInteractions(untouched);
    }

    @Test
    void a_user_whose_own_address_becomes_the_name_is_no_conflict() {
        var own = user("1", "ann", "ann@example.com");

        assertThat(met(conflicts, profile("ann@example.com", "ann@example.com"), Optional.of(own)))
                .isEmpty();
    }

    @Test
    void where_addresses_come_twice_only_names_are_met() {
        when(realm.isDuplicateEmailsAllowed()).thenReturn(true);
        when(realm.isLoginWithEmailAllowed()).thenReturn(false);
        user("1", "x", "ann@example.com");

        assertThat(met(conflicts, profile("ann", "ann@example.com"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void an_ordinary_user_who_verified_the_address_may_be_linked() {
        assertThat(conflicts.isLinkable(linkable(), profile("ann", "ann@example.com")))
                .isTrue();
    }

    @Test
    void nobody_else_may_be_linked() {
        var profile = profile("ann", "ann@example.com");

        var unverified = linkable();
        when(unverified.isEmailVerified()).thenReturn(false);
        assertThat(conflicts.isLinkable(unverified, profile)).isFalse();

        var disabled = linkable();
        when(disabled.isEnabled()).thenReturn(false);
        assertThat(conflicts.isLinkable(disabled, profile)).isFalse();

        var federated = linkable();
        when(federated.getFederationLink()).thenReturn("another");
        assertThat(conflicts.isLinkable(federated, profile)).isFalse();

        var service = linkable();
        when(service.getServiceAccountClientLink()).thenReturn("client");
        assertThat(conflicts.isLinkable(service, profile)).isFalse();
    }

    @Test
    void a_user_is_not_linked_by_the_name_or_by_another_address() {
        assertThat(conflicts.isLinkable(linkable(), profile("ann", "other@example.com")))
                .isFalse();
        assertThat(conflicts.isLinkable(
                        linkable(), new ImportedProfile(new Uid("uid"), "ann", Optional.empty(), false, Map.of())))
                .isFalse();
    }

    @Test
    void nobody_is_linked_where_addresses_come_twice() {
        when(realm.isDuplicateEmailsAllowed()).thenReturn(true);

        assertThat(conflicts.isLinkable(linkable(), profile("ann", "ann@example.com")))
                .isFalse();
    }

    private UserModel linkable() {
        var user = user("1", "ann", "ann@example.com");
        when(user.isEnabled()).thenReturn(true);
        when(user.isEmailVerified()).thenReturn(true);
        return user;
    }

    private UserModel user(String id, String username, String email) {
        var user = mock(UserModel.class);
        when(user.getId()).thenReturn(id);
        when(user.getUsername()).thenReturn(username);
        when(user.getEmail()).thenReturn(email);
        when(users.getUserByUsername(any(), eq(username))).thenReturn(user);
        when(users.getUserByEmail(any(), eq(email))).thenReturn(user);
        return user;
    }

    private static ImportedProfile profile(String username, String email) {
        return new ImportedProfile(new Uid("uid"), username, Optional.of(email), true, Map.of());
    }

    private static Optional<UserModel> met(UserConflicts conflicts, ImportedProfile profile, Optional<UserModel> own) {
        return conflicts.all(profile, own).findFirst().map(Contested::holder);
    }
}
