package io.github.keycloakgigya.broker.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

class NameConflictsTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserProvider users = mock(UserProvider.class);
    private final NameConflicts conflicts = new NameConflicts(session, realm);

    @BeforeEach
    void people_may_type_their_address_to_sign_in() {
        when(session.users()).thenReturn(users);
        when(realm.isLoginWithEmailAllowed()).thenReturn(true);
    }

    @Test
    void a_name_and_an_address_that_nobody_has_are_free() {
        user("1", "bob", "bob@example.com");

        assertThat(conflicts.ofNew("ann", Optional.of("ann@example.com"))).isFalse();
        assertThat(conflicts.ofNew("ann", Optional.empty())).isFalse();
    }

    @Test
    void an_address_that_is_anothers_name_would_lock_that_one_out() {
        var bob = user("1", "bob@example.com", null);
        var ann = user("2", "ann", null);

        assertThat(conflicts.ofNew("new", Optional.of("bob@example.com"))).isTrue();
        assertThat(conflicts.isNameOfAnother("bob@example.com", ann)).isTrue();
        assertThat(conflicts.isNameOfAnother("bob@example.com", bob)).isFalse();
    }

    @Test
    void a_name_that_is_anothers_address_would_be_taken_for_that_one() {
        var bob = user("1", "bob", "bob@example.com");
        var ann = user("2", "ann", null);

        assertThat(conflicts.ofNew("bob@example.com", Optional.of("new@example.com")))
                .isTrue();
        assertThat(conflicts.ofNew("bob@example.com", Optional.empty())).isTrue();
        assertThat(conflicts.isEmailOfAnother("bob@example.com", ann)).isTrue();
        assertThat(conflicts.isEmailOfAnother("bob@example.com", bob)).isFalse();
    }

    @Test
    void whom_keycloak_finds_itself_it_asks_for_a_proof() {
        user("1", "bob@example.com", "bob@example.com");
        user("2", "carol", "carol@example.com");

        assertThat(conflicts.ofNew("new", Optional.of("bob@example.com"))).isFalse();
        assertThat(conflicts.ofNew("carol", Optional.of("new@example.com"))).isFalse();
        assertThat(conflicts.ofNew("carol@example.com", Optional.of("carol@example.com")))
                .isFalse();
    }

    @Test
    void a_namesake_does_not_make_up_for_an_address_that_is_a_thirds_name() {
        user("1", "bob@example.com", null);
        user("2", "carol", null);

        assertThat(conflicts.ofNew("carol", Optional.of("bob@example.com"))).isTrue();
    }

    @Test
    void who_signs_in_with_the_address_as_name_costs_no_query() {
        assertThat(conflicts.ofNew("ann@example.com", Optional.of("Ann@example.com")))
                .isFalse();

        verifyNoInteractions(users);
    }

    @Test
    void where_addresses_are_no_names_a_name_may_look_like_one() {
        when(realm.isLoginWithEmailAllowed()).thenReturn(false);
        user("1", "bob@example.com", null);

        assertThat(conflicts.ofNew("new", Optional.of("bob@example.com"))).isFalse();
    }

    private UserModel user(String id, String username, String email) {
        var user = mock(UserModel.class);
        when(user.getId()).thenReturn(id);
        when(users.getUserByUsername(any(), eq(username))).thenReturn(user);
        if (email != null) {
            when(users.getUserByEmail(any(), eq(email))).thenReturn(user);
        }
        return user;
    }
}
