package io.github.keycloakgigya.broker.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

class AccountLinksTest {

    private static final String ALIAS = "shop";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserProvider users = mock(UserProvider.class);
    private final UserModel linked = mock(UserModel.class);
    private final AccountLinks links = new AccountLinks(session, realm, ALIAS);

    @BeforeEach
    void link_a_user_in_a_database_that_ignores_case() {
        when(session.users()).thenReturn(users);
        when(users.getUserByFederatedIdentity(any(), any())).thenAnswer(call -> {
            var asked = call.getArgument(1, FederatedIdentityModel.class);
            return asked.getUserId().equalsIgnoreCase("uid_a") ? linked : null;
        });
        when(users.getFederatedIdentity(realm, linked, ALIAS))
                .thenReturn(new FederatedIdentityModel(ALIAS, "uid_a", "ann"));
    }

    @Test
    void the_user_of_an_account_is_who_is_linked_to_it() throws SignInException {
        assertThat(links.userOf(new Uid("uid_a"))).contains(linked);
        assertThat(links.userOf(new Uid("uid_b"))).isEmpty();
    }

    @Test
    void an_account_whose_uid_differs_in_case_alone_is_another() {
        assertThatThrownBy(() -> links.userOf(new Uid("UID_A")))
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(SignInError.ACCOUNT_CONFLICT));
    }

    @Test
    void a_user_is_linked_once_and_the_first_sign_in_notes_it() {
        var newcomer = mock(UserModel.class);
        var first = signIn("uid_b");
        var later = signIn("uid_a");

        links.link(newcomer, first);
        links.link(linked, later);

        verify(users).addFederatedIdentity(realm, newcomer, new FederatedIdentityModel(ALIAS, "uid_b", "ben"));
        verify(users, never()).addFederatedIdentity(any(), same(linked), any());
        assertThat(AccountLinks.isFirst(first)).isTrue();
        assertThat(AccountLinks.isFirst(later)).isFalse();
    }

    private static BrokeredIdentityContext signIn(String uid) {
        var provider = new IdentityProviderModel();
        provider.setEnabled(true);
        var context = new BrokeredIdentityContext(uid, provider);
        context.setUsername("ben");
        return context;
    }
}
