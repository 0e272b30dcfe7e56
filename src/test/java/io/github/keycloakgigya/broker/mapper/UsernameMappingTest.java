package io.github.keycloakgigya.broker.mapper;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** A user name that a template makes of an address. */
class UsernameMappingTest {

    private static final String TYPED = "victim@example.com";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserModel user = mock(UserModel.class);
    private BrokeredIdentityContext context;

    @BeforeEach
    void a_sign_in() {
        when(session.users()).thenReturn(mock(UserProvider.class));
        when(user.getUsername()).thenReturn("before");
        var provider = new IdentityProviderModel();
        provider.setAlias("shop");
        provider.setEnabled(true);
        context = new BrokeredIdentityContext("UID-1", provider);
        context.setUsername("uid-1");
    }

    @Test
    void an_address_that_somebody_only_typed_names_nobody() {
        when(user.getUsername()).thenReturn(TYPED);

        mapping("${profile.email}").update(user, context, account("uid-1", Optional.empty()));

        verify(user).setUsername("uid-1");
    }

    @Test
    void who_goes_by_another_name_keeps_it() {
        when(user.getUsername()).thenReturn("own-name");

        mapping("${profile.email}").update(user, context, account("uid-1", Optional.empty()));

        verify(user, never()).setUsername(any());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void one_that_the_user_may_have_does(boolean verified) {
        var email = Optional.of(new AddressRule.Email(TYPED, verified));

        mapping("${profile.email}").update(user, context, account("uid-1", email));

        verify(user).setUsername(TYPED);
    }

    @Test
    void so_does_one_that_the_provider_itself_takes_for_a_name() {
        mapping("${profile.email}").update(user, context, account(TYPED, Optional.empty()));

        verify(user).setUsername(TYPED);
    }

    @Test
    void a_name_made_of_an_address_that_is_none_may_be_anybodys() {
        mapping("${ALIAS}.${profile.email | localpart}").update(user, context, account("uid-1", Optional.empty()));

        verify(user).setUsername("shop.victim");
    }

    private GigyaUsernameMapper.UsernameMapping mapping(String template) {
        return new GigyaUsernameMapper.UsernameMapping(UsernameTemplate.parse(template), session, realm);
    }

    private static BrokeredAccount account(String username, Optional<AddressRule.Email> email) {
        return new BrokeredAccount(new Uid("UID-1"), username, email, Map.of("profile.email", List.of(TYPED)));
    }
}
