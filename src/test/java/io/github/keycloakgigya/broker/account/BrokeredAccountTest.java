package io.github.keycloakgigya.broker.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.inmemory.InMemoryLogin;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderSyncMode;

/** Which users get the address that a sign-in brings, and whether it counts as verified then. */
class BrokeredAccountTest {

    private static final String ADDRESS = "ann@example.com";

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final InMemoryLogin login = shop.shop().keycloak().login();
    private final InMemoryUser user = shop.shop().keycloak().addUser("1", "ann");
    private BrokeredIdentityContext context;

    @BeforeEach
    void sign_in_with_a_verified_address() {
        context = new BrokeredIdentityContext("uid_ann", shop.model());
        context.setAuthenticationSession(login);
        context.setEmail(ADDRESS);
        bring(true);
    }

    @Test
    void a_new_user_gets_the_address_as_verified_as_it_is() {
        note(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER);
        update();
        assertThat(user.getEmail()).isEqualTo(ADDRESS);
        assertThat(user.isEmailVerified()).isTrue();

        bring(false);
        update();
        assertThat(user.isEmailVerified()).isFalse();
    }

    @Test
    void an_address_that_a_new_user_typed_is_not_verified_even_where_it_is_the_accounts() {
        note(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER);
        note(AbstractIdentityProvider.UPDATE_PROFILE_EMAIL_CHANGED);

        update();

        assertThat(user.getEmail()).isEqualTo(ADDRESS);
        assertThat(user.isEmailVerified()).isFalse();
    }

    @Test
    void an_address_that_is_not_the_accounts_is_not_verified() {
        note(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER);
        context.setEmail("other@example.com");

        update();

        assertThat(user.getEmail()).isEqualTo("other@example.com");
        assertThat(user.isEmailVerified()).isFalse();
    }

    @Test
    void a_known_user_gets_another_address_only_where_the_provider_overwrites() {
        user.setEmail("old@example.com");
        update();
        assertThat(user.getEmail()).isEqualTo("old@example.com");
        assertThat(user.isEmailVerified()).isFalse();

        overwrite();
        update();
        assertThat(user.getEmail()).isEqualTo(ADDRESS);
        assertThat(user.isEmailVerified()).isTrue();
    }

    @Test
    void a_known_users_own_address_stays_as_it_is_whatever_the_account_says_of_it() {
        overwrite();
        user.setEmail("ANN@example.com");
        user.setEmailVerified(true);
        bring(false);

        update();

        assertThat(user.isEmailVerified()).isTrue();
    }

    @Test
    void an_account_without_an_address_takes_nothing_away() {
        overwrite();
        note(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER);
        user.setEmail("old@example.com");
        context.setEmail(null);

        update();

        assertThat(user.getEmail()).isEqualTo("old@example.com");
    }

    @Test
    void where_no_page_is_shown_nobody_is_new() {
        context.setAuthenticationSession(null);
        user.setEmail("old@example.com");

        update();

        assertThat(user.getEmail()).isEqualTo("old@example.com");
    }

    @Test
    void no_log_shows_the_address() {
        bring(true);

        assertThat(BrokeredAccount.of(context).orElseThrow()).hasToString("BrokeredAccount[]");
    }

    private void bring(boolean verified) {
        new BrokeredAccount(
                        new Uid("uid_ann"), ADDRESS, Optional.of(new AddressRule.Email(ADDRESS, verified)), Map.of())
                .leaveIn(context);
    }

    private void note(String name) {
        login.setAuthNote(name, "true");
    }

    private void overwrite() {
        shop.model().setSyncMode(IdentityProviderSyncMode.FORCE);
    }

    private void update() {
        BrokeredAccount.updateEmail(user, context);
    }
}
