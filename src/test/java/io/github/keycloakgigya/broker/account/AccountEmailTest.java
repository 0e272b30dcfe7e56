package io.github.keycloakgigya.broker.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.AddressRule.UnverifiedEmail;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** The address and the name that a brokered sign-in brings. */
class AccountEmailTest {

    private static final String ADDRESS = "ann@example.com";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserProvider users = mock(UserProvider.class);
    private final UserModel user = mock(UserModel.class);
    private final SiteSettings settings = mock(SiteSettings.class);
    private final AccountReader accounts = mock(AccountReader.class);
    private final KnownAddresses gigya = mock(KnownAddresses.class);

    @BeforeEach
    void a_site_that_omits_what_nobody_verified() {
        when(session.users()).thenReturn(users);
        when(accounts.addressesOf(new Uid("uid"))).thenReturn(gigya);
        when(user.getId()).thenReturn("1");
        when(user.getUsername()).thenReturn("ann");
        policy(UnverifiedEmail.OMIT);
    }

    @Test
    void a_new_user_gets_an_address_that_gigya_verified_and_no_other() throws Exception {
        assertThat(names(Optional.empty(), false).of(List.of(ADDRESS))).isEmpty();

        when(gigya.isVerified(ADDRESS)).thenReturn(true);
        assertThat(names(Optional.empty(), false).of(List.of(ADDRESS))).contains(new AddressRule.Email(ADDRESS, true));
    }

    @Test
    void a_link_is_named_by_what_gigya_says_although_its_user_keeps_what_it_has() throws Exception {
        when(gigya.isVerified(ADDRESS)).thenReturn(true);
        var link = names(Optional.of(user), false, false);

        assertThat(link.username(Optional.of(ADDRESS), new Uid("uid")).text()).isEqualTo(ADDRESS);
    }

    @Test
    void where_the_site_stores_what_nobody_verified_it_is_not_verified() throws Exception {
        policy(UnverifiedEmail.STORE);

        assertThat(names(Optional.empty(), false).of(List.of(ADDRESS))).contains(new AddressRule.Email(ADDRESS, false));
    }

    @Test
    void an_address_that_a_user_holds_as_verified_needs_no_question() throws Exception {
        when(user.getEmail()).thenReturn(ADDRESS);
        when(user.isEmailVerified()).thenReturn(true);

        assertThat(names(Optional.of(user), true).of(List.of("Ann@example.com")))
                .contains(new AddressRule.Email(ADDRESS, true));
        assertThat(names(Optional.of(user), true)
                        .username(Optional.of(ADDRESS), new Uid("uid"))
                        .text())
                .isEqualTo(ADDRESS);
        verifyNoInteractions(gigya);
    }

    @Test
    void where_nothing_is_overwritten_nobody_is_asked_and_the_name_stays() throws Exception {
        when(user.getUsername()).thenReturn(ADDRESS);

        var names = names(Optional.of(user), false);

        assertThat(names.of(List.of(ADDRESS))).isEmpty();
        assertThat(names.username(Optional.of(ADDRESS), new Uid("uid")).text()).isEqualTo(ADDRESS);
        assertThat(names.username(Optional.of("eve@example.com"), new Uid("uid"))
                        .text())
                .isEqualTo("uid");
        verifyNoInteractions(gigya);
    }

    @Test
    void a_verified_address_of_somebody_else_is_refused_before_it_is_written() throws Exception {
        when(gigya.isVerified(ADDRESS)).thenReturn(true);
        var other = mock(UserModel.class);
        when(other.getId()).thenReturn("2");
        when(users.getUserByEmail(any(), any())).thenReturn(other);

        assertThatThrownBy(() -> names(Optional.of(user), true).of(List.of(ADDRESS)))
                .isInstanceOf(SignInException.class);
    }

    @Test
    void where_gigya_does_not_say_nobody_signs_in() throws Exception {
        when(gigya.isVerified(any())).thenThrow(GigyaException.unavailable("down"));

        assertThatThrownBy(() -> names(Optional.empty(), false).of(List.of(ADDRESS)))
                .isInstanceOf(SignInException.class);
        assertThatThrownBy(() -> names(Optional.empty(), false).username(Optional.of(ADDRESS), new Uid("uid")))
                .isInstanceOf(SignInException.class);
    }

    private void policy(UnverifiedEmail unverified) {
        when(settings.addressRule()).thenReturn(new AddressRule(false, unverified));
    }

    private AccountEmail names(Optional<UserModel> linked, boolean overwrites) {
        return names(linked, overwrites, true);
    }

    private AccountEmail names(Optional<UserModel> linked, boolean overwrites, boolean named) {
        var connection = new GigyaConnection(settings, null, null, null, accounts, null);
        return new AccountEmail(session, realm, connection, new Uid("uid"), linked, overwrites, named);
    }
}
