package io.github.keycloakgigya.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.GigyaIdentityProviderFactory.RemovedLink;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.UserSessionModel;

/** What a link leaves on its user, and what a sign-out does with it. */
class LinkedAccountTest {

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final InMemoryUser user = shop.linkedUser("1", "ann", "uid_ann");

    @BeforeEach
    void remember_the_account() {
        shop.shop().gigya().account("uid_ann");
        AccountLinks.rememberUid(user, new Uid("uid_ann"));
    }

    @Test
    void the_uid_is_written_once() {
        var writes = user.writes();
        AccountLinks.rememberUid(user, new Uid("uid_ann"));

        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(user.writes()).isEqualTo(writes);
    }

    @Test
    void the_uid_goes_with_the_link() {
        forget(BrokeredShop.ALIAS, "uid_ann");

        assertThat(user.getFirstAttribute("gigya.uid")).isNull();
    }

    @Test
    void another_links_end_leaves_the_uid() {
        provider("github", "github");
        forget("github", "uid_ann");
        forget("unknown", "uid_ann");
        forget(BrokeredShop.ALIAS, "uid_other");

        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
    }

    @Test
    void a_link_of_keycloaks_own_provider_brought_the_uid_only_where_it_has_an_importer() {
        provider("oidc-of-gigya", "oidc");
        forget("oidc-of-gigya", "uid_ann");
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");

        shop.mapper("oidc-of-gigya", "gigya-account-importer", Map.of());
        forget("oidc-of-gigya", "uid_ann");
        assertThat(user.getFirstAttribute("gigya.uid")).isNull();
    }

    @Test
    void a_sign_out_is_passed_on_to_gigya_after_the_commit() {
        signOut();
        assertThat(shop.shop().gigya().calls()).isEmpty();

        shop.commit();
        assertThat(shop.shop().gigya().calls()).containsExactly("logout");
    }

    @Test
    void a_sign_out_stays_here_where_the_settings_say_so_or_cannot_be_used() {
        shop.model().getConfig().put("logoutFromGigya", "false");
        signOut();
        shop.commit();

        shop.model().getConfig().put("logoutFromGigya", "perhaps");
        signOut();
        shop.commit();

        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void a_user_who_is_not_linked_any_more_is_signed_out_nowhere_else() {
        shop.shop().keycloak().users().removeUser(shop.shop().realm(), user);
        signOut();
        shop.commit();

        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    private void signOut() {
        var session = mock(UserSessionModel.class);
        when(session.getUser()).thenReturn(user);
        shop.provider()
                .backchannelLogout(
                        shop.shop().session(), session, null, shop.shop().realm());
    }

    private void forget(String alias, String uid) {
        new RemovedLink(shop.shop().session(), new FederatedIdentityModel(alias, uid, "ann")).forgetAt(user);
    }

    private void provider(String alias, String kind) {
        var provider = new IdentityProviderModel();
        provider.setAlias(alias);
        provider.setProviderId(kind);
        provider.setEnabled(true);
        shop.shop().keycloak().identityProviders().create(provider);
    }
}
