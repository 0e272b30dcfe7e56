package io.github.keycloakgigya.broker.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Answers.RETURNS_SELF;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.component.ComponentModel;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

class ReachableUsersTest {

    private static final String FEDERATION = "1f4e";
    private static final String KEY = "3_" + "a".repeat(64);
    private static final String OTHER_KEY = "3_" + "b".repeat(64);
    private static final String UID = "uid_a";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakTransactionManager transaction = mock(KeycloakTransactionManager.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserProvider users = mock(UserProvider.class);
    private final ComponentModel federation = new ComponentModel();
    private final UserModel owned = user("0a1b", FEDERATION);
    private final UserModel local = user("2c3d", null);
    private final IdentityProviderModel provider = new IdentityProviderModel();

    @BeforeEach
    void add_a_provider_and_a_federation_of_one_site() {
        provider.setAlias("shop");
        provider.setProviderId("gigya");
        provider.getConfig().put("clientId", KEY);
        federation.setId(FEDERATION);
        federation.setName("customers");
        federation.setProviderId("gigya");
        federation.put("apiKey", KEY);
        when(realm.getId()).thenReturn("realm");
        when(realm.getComponent(FEDERATION)).thenReturn(federation);
        when(realm.getComponentsStream(any(), any())).thenAnswer(call -> Stream.of(federation));
        when(session.users()).thenReturn(users);
        when(session.getTransactionManager()).thenReturn(transaction);
        when(owned.getFirstAttribute("gigya.uid")).thenReturn(UID);
    }

    @Test
    void a_federations_user_is_reached_by_its_own_uid_of_its_own_site() {
        assertThat(reachable().include(owned, new Uid(UID))).isTrue();
        assertThatNoException().isThrownBy(() -> reachable().require(owned, new Uid(UID)));
    }

    @Test
    void who_has_left_a_federation_is_not_reached_by_any_site_while_the_federation_is_there() {
        when(local.getFirstAttribute("gigya.released")).thenReturn(FEDERATION);
        refused(() -> reachable().require(local, new Uid(UID)));
        provider.getConfig().put("clientId", OTHER_KEY);
        refused(() -> reachable().require(local, new Uid(UID)));

        when(realm.getComponentsStream(any(), any())).thenAnswer(call -> Stream.of());
        assertThat(reachable().include(local, new Uid(UID))).isTrue();
    }

    @Test
    void a_provider_that_was_moved_reaches_no_user_of_the_federation() {
        provider.getConfig().put("clientId", OTHER_KEY);
        refused(() -> reachable().require(owned, new Uid(UID)));

        provider.getConfig().put("clientId", KEY);
        provider.getConfig().put("apiDomain", "login.example.com");
        refused(() -> reachable().require(owned, new Uid(UID)));

        provider.getConfig().remove("apiDomain");
        provider.getConfig().put("siteGroupApiKeys", OTHER_KEY);
        refused(() -> reachable().require(owned, new Uid(UID)));

        provider.getConfig().remove("siteGroupApiKeys");
        assertThat(reachable().include(owned, new Uid(UID))).isTrue();
    }

    @Test
    void a_provider_that_names_no_site_or_is_of_another_kind_reaches_none() {
        provider.getConfig().put("clientId", "nonsense");
        refused(() -> reachable().require(owned, new Uid(UID)));

        provider.getConfig().put("clientId", KEY);
        provider.setProviderId("oidc");
        refused(() -> reachable().require(owned, new Uid(UID)));
    }

    @Test
    void no_account_reaches_the_user_of_another_one() {
        refused(() -> reachable().require(owned, new Uid("UID_A")));
    }

    @Test
    void who_links_a_site_that_the_federation_does_not_name_reads_that_it_is_another_account() {
        provider.getConfig().put("clientId", OTHER_KEY);

        assertThatThrownBy(() -> reachable().requireLinkable(owned, new Uid(UID)))
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error().messageKey()).isEqualTo("gigyaErrorOtherAccount"));
    }

    @Test
    void users_who_are_no_federations_are_reached_by_their_links_as_ever() throws SignInException {
        provider.getConfig().put("clientId", OTHER_KEY);

        assertThat(reachable().include(local, new Uid("uid_of_anybody"))).isTrue();
        reachable().requireLinkable(local, new Uid("uid_of_anybody"));
    }

    @Test
    void nobody_new_is_offered_a_federations_user_of_the_same_name_or_address() throws SignInException {
        provider.getConfig().put("clientId", OTHER_KEY);
        when(users.getUserByUsername(realm, "ann")).thenReturn(owned);
        when(users.getUserByEmail(realm, "ann@example.com")).thenReturn(owned);

        refused(() -> reachable().requireNone("ann", Optional.empty(), new Uid(UID)));
        refused(() -> reachable().requireNone("other", Optional.of("ann@example.com"), new Uid(UID)));
        reachable().requireNone("other", Optional.of("other@example.com"), new Uid(UID));

        when(realm.isDuplicateEmailsAllowed()).thenReturn(true);
        reachable().requireNone("other", Optional.of("ann@example.com"), new Uid(UID));
    }

    @Test
    void where_there_is_no_gigya_federation_nobody_is_looked_for() throws SignInException {
        when(realm.getComponentsStream(any(), any())).thenAnswer(call -> Stream.of());

        reachable().requireNone("ann", Optional.of("ann@example.com"), new Uid(UID));

        verify(users, never()).getUserByUsername(any(), any());
        verify(users, never()).getUserByEmail(any(), any());
    }

    @Test
    void what_keycloak_did_before_the_last_gate_is_undone() {
        provider.getConfig().put("clientId", OTHER_KEY);
        var context = signIn();
        var forms = mock(LoginFormsProvider.class, RETURNS_SELF);
        var page = mock(Response.class);
        when(session.getProvider(LoginFormsProvider.class)).thenReturn(forms);
        when(forms.createErrorPage(Response.Status.BAD_REQUEST)).thenReturn(page);

        assertThatThrownBy(() -> reachable().requireAtLast(owned, new Uid(UID), context))
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        answer -> assertThat(answer.getResponse()).isSameAs(page));

        verify(forms).setError("gigyaErrorAccountConflict");
        verify(transaction).setRollbackOnly();
    }

    @Test
    void the_last_gate_lets_through_whom_it_may() {
        var context = signIn();
        reachable().noteIn(context);

        reachable().requireAtLast(owned, new Uid(UID), context);

        verify(transaction, never()).setRollbackOnly();
    }

    @Test
    void who_began_while_the_provider_was_elsewhere_is_kept_out_after_it_is_back() {
        var context = signIn();
        var key = provider.getConfig().put("clientId", OTHER_KEY);
        reachable().noteIn(context);
        provider.getConfig().put("clientId", key);
        var forms = mock(LoginFormsProvider.class, RETURNS_SELF);
        when(session.getProvider(LoginFormsProvider.class)).thenReturn(forms);
        when(forms.createErrorPage(Response.Status.BAD_REQUEST)).thenReturn(mock(Response.class));

        assertThatThrownBy(() -> reachable().requireAtLast(owned, new Uid(UID), context))
                .isInstanceOf(WebApplicationException.class);

        verify(transaction).setRollbackOnly();
    }

    private ReachableUsers reachable() {
        return ReachableUsers.of(session, realm, provider);
    }

    private BrokeredIdentityContext signIn() {
        provider.setEnabled(true);
        var context = new BrokeredIdentityContext(UID, provider);
        context.setAuthenticationSession(mock(AuthenticationSessionModel.class));
        return context;
    }

    private static void refused(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(SignInError.ACCOUNT_CONFLICT))
                .hasMessageNotContaining(UID);
    }

    private static UserModel user(String id, String federationLink) {
        var user = mock(UserModel.class);
        when(user.getId()).thenReturn(id);
        when(user.getFederationLink()).thenReturn(federationLink);
        return user;
    }
}
