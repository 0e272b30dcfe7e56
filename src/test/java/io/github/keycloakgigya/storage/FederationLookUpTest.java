package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.inmemory.Shop;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.UserModel;

/** What Keycloak's storage manager gets where it asks the federation for a user. */
class FederationLookUpTest {

    private final Shop shop = Shop.federated(Map.of());

    @BeforeEach
    void open_an_account() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com").with("profile.firstName", "Ann");
    }

    @Test
    void a_person_whom_only_gigya_knows_is_imported_by_the_name_or_by_the_verified_address() {
        var user = byUsername("ann@example.com");

        assertThat(user.getId()).isEqualTo(new UserIds(Shop.FEDERATION).of(new Uid("uid_ann")));
        assertThat(user.getFirstName()).isEqualTo("Ann");
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(byEmail("Ann@Example.com").getId()).isEqualTo(user.getId());
        assertThat(shop.gigya().calls()).containsExactly("search");
    }

    @Test
    void a_person_is_imported_by_the_verified_address_whatever_the_user_name_is() {
        shop.federation(Map.of("usernameField", "UID"));

        assertThat(byUsername("ann@example.com")).isNull();
        assertThat(byEmail("Ann@Example.com").getUsername()).isEqualTo("uid_ann");
    }

    @Test
    void nobody_is_found_by_an_address_that_is_stored_though_nobody_has_verified_it() {
        shop.federation(Map.of("usernameField", "UID", "unverifiedEmail", "store"));
        shop.gigya().account("uid_eve").withEmail("eve@example.com");

        assertThat(byEmail("eve@example.com")).isNull();
        assertThat(byUsername("uid_eve").getEmail()).isEqualTo("eve@example.com");
    }

    @Test
    void a_user_who_has_another_address_by_now_as_a_sign_in_knows_is_not_found_by_the_old_one() {
        var user = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid("uid_ann")), "ann");
        user.setFederationLink(Shop.FEDERATION);
        user.setEmail("new@example.com");
        user.setEmailVerified(true);
        user.setSingleAttribute("gigya.uid", "uid_ann");
        user.setSingleAttribute("gigya.asOf", FederatedUser.text(Instant.now().plusSeconds(60)));

        assertThat(byEmail("ann@example.com")).isNull();
    }

    @Test
    void people_who_are_there_use_up_nothing_of_what_names_that_nobody_has_may_cost() {
        shop.federation(Map.of("importEnabled", "false"));
        for (int person = 0; person < 60; person++) {
            shop.gigya().account("uid_" + person).withVerifiedEmail(person + "@example.com");
        }

        for (int person = 0; person < 60; person++) {
            assertThat(byUsername(person + "@example.com")).isNotNull();
            shop.keycloak().commit();
        }
    }

    @Test
    void names_that_nobody_has_are_looked_up_fifty_times_at_once_and_then_no_more() {
        for (int tried = 0; tried < 200; tried++) {
            assertThat(byUsername("nobody" + tried)).isNull();
            shop.keycloak().commit();
        }

        assertThat(shop.gigya().calls()).hasSizeBetween(50, 150);
    }

    @Test
    void a_name_that_nobody_had_a_moment_ago_is_somebodys_once_the_user_is_known() {
        shop.federation(Map.of("importEnabled", "false"));
        assertThat(byUsername("ben@example.com")).isNull();
        shop.gigya().account("uid_ben").withVerifiedEmail("ben@example.com");
        shop.keycloak().commit();
        assertThat(byUsername("ben@example.com")).isNull();
        shop.keycloak().commit();

        assertThat(byId(new UserIds(Shop.FEDERATION)
                        .ofRemote(new Uid("uid_ben"))
                        .orElseThrow()))
                .isNotNull();
        shop.keycloak().commit();

        assertThat(byUsername("ben@example.com")).isNotNull();
    }

    @Test
    void a_look_up_leaves_no_time_that_would_keep_a_sync_away() {
        assertThat(byUsername("ann@example.com").getFirstAttribute("gigya.asOf"))
                .isNull();
    }

    @Test
    void a_name_that_nobody_has_is_nobody() {
        assertThat(byUsername("nobody@example.com")).isNull();
        assertThat(shop.keycloak().users().all()).isEmpty();
    }

    @Test
    void disabled_and_unfinished_accounts_are_not_imported() {
        shop.gigya().account("uid_ann").inactive();
        assertThat(byUsername("ann@example.com")).isNull();

        shop.keycloak().commit();
        shop.gigya().account("uid_ben").withVerifiedEmail("ben@example.com").unfinished();
        assertThat(byUsername("ben@example.com")).isNull();
        assertThat(shop.keycloak().users().all()).isEmpty();
    }

    @Test
    void of_two_accounts_with_one_name_none_is_taken() {
        shop.gigya().account("uid_second").withVerifiedEmail("ann@example.com");

        assertThat(byUsername("ann@example.com")).isNull();
        assertThat(shop.keycloak().users().all()).isEmpty();
    }

    @Test
    void a_stranger_who_types_an_address_does_not_hide_who_verified_it() {
        shop.federation(Map.of("importEnabled", "false", "unverifiedEmail", "store"));
        shop.gigya().account("uid_eve").withEmail("ann@example.com");
        shop.gigya().account("uid_mallory").withEmail("ann@example.com");

        assertThat(byUsername("ann@example.com").getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
    }

    @Test
    void of_two_strangers_who_typed_one_address_none_is_taken() {
        shop.federation(Map.of("importEnabled", "false", "unverifiedEmail", "store"));
        shop.gigya().account("uid_eve").withEmail("nobodys@example.com");
        shop.gigya().account("uid_mallory").withEmail("nobodys@example.com");

        assertThat(byUsername("nobodys@example.com")).isNull();
    }

    @Test
    void an_account_whose_address_is_another_users_name_is_nobody() {
        shop.federation(Map.of("usernameField", "UID"));
        shop.keycloak().addUser("1", "ann@example.com");

        assertThat(byUsername("uid_ann")).isNull();
    }

    @Test
    void a_look_up_does_not_bring_back_whom_the_policy_disabled() {
        var user = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid("uid_ann")), "old@example.com");
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", "uid_ann");
        user.setEnabled(false);
        user.setSingleAttribute("gigya.missing", "true");

        byUsername("ann@example.com");

        assertThat(user.isEnabled()).isFalse();
        assertThat(user.getUsername()).isEqualTo("old@example.com");
    }

    @Test
    void a_look_up_does_not_undo_what_a_sign_in_has_just_written() {
        var user = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid("uid_ann")), "newer@example.com");
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", "uid_ann");
        user.setSingleAttribute("gigya.asOf", FederatedUser.text(Instant.now().plusSeconds(60)));

        assertThat(byUsername("ann@example.com")).isNull();
        assertThat(user.getUsername()).isEqualTo("newer@example.com");
    }

    @Test
    void an_id_that_this_federation_did_not_make_is_nobodys() {
        assertThat(byId("f:" + Shop.FEDERATION + ":Unencoded")).isNull();
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void a_user_who_is_not_imported_is_read_by_the_id() {
        shop.federation(Map.of("importEnabled", "false"));
        var id = new UserIds(Shop.FEDERATION).ofRemote(new Uid("uid_ann")).orElseThrow();

        assertThat(byId(id).getUsername()).isEqualTo("ann@example.com");
        assertThat(byId(new UserIds(Shop.FEDERATION)
                        .ofRemote(new Uid("uid_gone"))
                        .orElseThrow()))
                .isNull();
        assertThat(shop.keycloak().users().all()).isEmpty();
    }

    @Test
    void users_who_are_not_imported_are_not_let_in_while_their_account_is_disabled() {
        shop.federation(Map.of("importEnabled", "false"));
        shop.gigya().account("uid_ann").inactive();

        assertThat(byUsername("ann@example.com").isEnabled()).isFalse();
    }

    @Test
    void outside_of_a_login_an_outage_is_no_answer_and_other_federations_are_asked() {
        shop.gigya().fail("search", FailureKind.UNAVAILABLE);

        assertThat(byUsername("ann@example.com")).isNull();
        assertThat(shop.keycloak().events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, gigyaErrorUnavailable, gigya_unavailable, identity_provider_error",
        "MISCONFIGURED, gigyaErrorMisconfigured, gigya_misconfigured, invalid_config"
    })
    void in_a_login_an_outage_is_not_called_a_wrong_name(
            FailureKind failure, String text, String error, String eventError) {
        shop.gigya().fail("search", failure);
        shop.keycloak().login();
        var form = form();

        assertThatThrownBy(() -> byUsername("ann@example.com")).isInstanceOf(WebApplicationException.class);

        verify(form).setError(text);
        assertThat(shop.keycloak().events()).singleElement().satisfies(event -> {
            assertThat(event.getError()).isEqualTo(eventError);
            assertThat(event.getDetails())
                    .containsEntry("gigya_error", error)
                    .containsEntry("gigya_call_id", "call-id");
        });
    }

    @Test
    void in_a_login_a_name_of_keycloaks_own_users_can_still_be_found_while_gigya_is_down() {
        shop.keycloak().addUser("1", "admin@example.com");
        shop.gigya().fail("search", FailureKind.UNAVAILABLE);
        shop.keycloak().login();
        form();

        assertThat(byEmail("admin@example.com")).isNull();
        assertThat(byUsername("admin@example.com").getId()).isEqualTo("1");
    }

    @Test
    void in_a_login_the_federation_behind_this_one_is_asked_while_gigya_is_down() {
        shop.keycloak().federation("behind", "ldap", Map.of("priority", "9"));
        shop.gigya().fail("search", FailureKind.UNAVAILABLE);
        shop.keycloak().login();
        form();

        assertThat(byUsername("ann@example.com")).isNull();
    }

    @Test
    void an_app_is_told_in_json() {
        shop.gigya().fail("search", FailureKind.UNAVAILABLE);
        shop.keycloak().login();
        shop.keycloak().context().setPath("/realms/shop/protocol/openid-connect/token");
        var form = new MultivaluedHashMap<String, String>();
        form.putSingle("grant_type", "password");
        var request = mock(HttpRequest.class);
        when(request.getDecodedFormParameters()).thenReturn(form);
        shop.keycloak().context().setHttpRequest(request);

        assertThatThrownBy(() -> byUsername("ann@example.com"))
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        ended -> assertThat(ended.getResponse().getStatus()).isEqualTo(503));
    }

    @Test
    void nobody_is_gone_because_gigya_does_not_answer_for_an_id() {
        shop.federation(Map.of("importEnabled", "false"));
        shop.gigya().fail("search", FailureKind.UNAVAILABLE);
        var id = new UserIds(Shop.FEDERATION).ofRemote(new Uid("uid_ann")).orElseThrow();

        assertThatThrownBy(() -> byId(id))
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        ended -> assertThat(ended.getResponse().getStatus()).isEqualTo(503));
    }

    private LoginFormsProvider form() {
        var form = mock(LoginFormsProvider.class);
        when(form.setAuthenticationSession(any())).thenReturn(form);
        when(form.setError(anyString())).thenReturn(form);
        when(form.createErrorPage(any()))
                .thenAnswer(call ->
                        Response.status(call.<Response.Status>getArgument(0)).build());
        shop.keycloak().provide(LoginFormsProvider.class, form);
        return form;
    }

    private UserModel byUsername(String name) {
        return shop.session().users().getUserByUsername(shop.realm(), name);
    }

    private UserModel byEmail(String email) {
        return shop.session().users().getUserByEmail(shop.realm(), email);
    }

    private UserModel byId(String id) {
        return shop.session().users().getUserById(shop.realm(), id);
    }
}
