package io.github.keycloakgigya.broker.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/** An app that exchanges a token of Gigya for one of the realm. */
class TokenExchangeTest {

    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final String REALM = "https://id.example.com/realms/shop";

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());

    @BeforeEach
    void open_an_account() {
        shop.shop().gigya().account("uid_ann").withVerifiedEmail("ann@example.com");
    }

    @Test
    void the_token_of_a_sign_in_is_taken_once() {
        var token = InMemoryGigya.signInToken("uid_ann").signed();

        var account = exchange(token, ID_TOKEN);
        assertThat(account.getId()).isEqualTo("uid_ann");

        assertRefused(token, ID_TOKEN, "proof_replayed", "invalid_request", 400);
    }

    @Test
    void exchanges_are_counted_and_a_refused_one_names_the_account_once_that_is_proven() {
        exchange(InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN);
        assertRefused(
                InMemoryGigya.signInToken("uid_gone").signed(), ID_TOKEN, "account_not_found", "invalid_request", 400);

        assertThat(shop.shop().keycloak().events())
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails()).containsEntry("gigya_uid", "uid_gone"));
        assertThat(counted("success")).isEqualTo(1);
        assertThat(counted("account_not_found")).isEqualTo(1);
    }

    private double counted(String outcome) {
        return shop.shop().counted("keycloak.gigya.sign.ins", "door", "token_exchange", "outcome", outcome);
    }

    @Test
    void a_token_that_was_made_for_the_realm_is_taken_and_one_for_others_is_not() {
        var token = InMemoryGigya.accountToken("uid_ann");

        assertThat(exchange(token.with("aud", REALM).signed(), "urn:ietf:params:oauth:token-type:jwt")
                        .getId())
                .isEqualTo("uid_ann");
        assertRefused(token.signed(), ID_TOKEN, "proof_invalid", "invalid_request", 400);
        assertRefused(token.with("aud", "another").signed(), ID_TOKEN, "proof_invalid", "invalid_request", 400);
    }

    @ParameterizedTest
    @CsvSource({"urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:refresh_token", "''"
    })
    void what_is_not_called_a_token_of_gigya_is_not_even_read(String type) {
        var token = InMemoryGigya.signInToken("uid_ann").signed();

        assertRefused(token, type, "proof_invalid", "invalid_request", 400);
        assertThat(exchange(token, ID_TOKEN).getId()).isEqualTo("uid_ann");
    }

    @Test
    void a_provider_that_is_there_for_linking_only_signs_nobody_in() {
        shop.model().setLinkOnly(true);

        assertRefused(InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN, "proof_invalid", "invalid_request", 400);
    }

    @Test
    void a_new_account_whose_address_is_a_users_is_refused_since_nobody_can_prove_to_be_that_user() {
        shop.shop().keycloak().addUser("1", "ann").setEmail("ann@example.com");

        assertRefused(
                InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN, "account_conflict", "invalid_request", 400);
    }

    @Test
    void who_comes_in_for_the_first_time_by_two_nodes_at_once_is_not_taken_for_somebody_else() {
        shop.shop()
                .keycloak()
                .users()
                .beforeNextLookUpByEmail(
                        () -> shop.linkedUser("1", "ann", "uid_ann").setEmail("ann@example.com"));

        assertThat(exchange(InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN)
                        .getId())
                .isEqualTo("uid_ann");
    }

    @Test
    void the_linked_user_comes_in_with_the_own_address() {
        var user = shop.linkedUser("1", "ann", "uid_ann");
        user.setEmail("ann@example.com");

        assertThat(exchange(InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN)
                        .getId())
                .isEqualTo("uid_ann");
    }

    @Test
    void where_addresses_may_come_twice_a_new_account_comes_in_beside_another_user() {
        shop.shop().keycloak().addUser("1", "ben").setEmail("ann@example.com");
        shop.shop().keycloak().realm().setDuplicateEmailsAllowed(true);
        shop.shop().keycloak().realm().setLoginWithEmailAllowed(false);

        assertThat(exchange(InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN))
                .isNotNull();
    }

    @Test
    void an_outage_is_not_called_a_bad_token() {
        shop.shop().gigya().fail("getJwt", FailureKind.UNAVAILABLE);

        assertRefused(
                InMemoryGigya.signInToken("uid_ann").signed(),
                ID_TOKEN,
                "gigya_unavailable",
                "temporarily_unavailable",
                503);
    }

    @Test
    void settings_that_cannot_be_used_are_not_called_a_bad_token() {
        shop.model().getConfig().put("clientId", "nonsense");

        assertRefused(
                InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN, "gigya_misconfigured", "server_error", 500);
    }

    @Test
    void a_session_keeps_nothing_of_the_token_and_ends_at_gigya_too() {
        var account = exchange(InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN);
        var session = mock(UserSessionModel.class);

        shop.provider().exchangeExternalComplete(session, account, new MultivaluedHashMap<>());

        verify(session).setNote("identity_provider", BrokeredShop.ALIAS);
        verify(session).setNote("identity_provider_identity", account.getUsername());
    }

    @ParameterizedTest
    @CsvSource({"IMPORT, Old", "FORCE, Ann"})
    void a_known_users_names_are_overwritten_where_the_provider_overwrites(String mode, String name) {
        shop.shop().gigya().account("uid_ann").with("profile.firstName", "Ann");
        shop.model().getConfig().put("syncMode", mode);
        var user = shop.linkedUser("1", "ann", "uid_ann");
        user.setFirstName("Old");
        user.setLastName("Kept");

        update(user, exchange(InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN));

        assertThat(user.getFirstName()).isEqualTo(name);
        assertThat(user.getLastName()).isEqualTo("Kept");
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
    }

    @Test
    void a_new_users_address_is_verified_only_where_gigya_says_so() {
        var verified = shop.shop().keycloak().addUser("1", "x");
        importNew(verified, exchange(InMemoryGigya.signInToken("uid_ann").signed(), ID_TOKEN));
        assertThat(verified.isEmailVerified()).isTrue();
    }

    private void update(UserModel user, BrokeredIdentityContext account) {
        shop.provider().updateBrokeredUser(shop.shop().session(), shop.shop().realm(), user, account);
    }

    private void importNew(UserModel user, BrokeredIdentityContext account) {
        shop.provider().importNewUser(shop.shop().session(), shop.shop().realm(), user, account);
    }

    private BrokeredIdentityContext exchange(String token, String type) {
        shop.commit();
        var form = new MultivaluedHashMap<String, String>();
        form.putSingle("subject_token", token);
        if (!type.isEmpty()) {
            form.putSingle("subject_token_type", type);
        }
        var session = shop.shop().session();
        var event = new EventBuilder(shop.shop().realm(), session).event(EventType.TOKEN_EXCHANGE);
        var context = new TokenExchangeContext(
                session,
                form,
                session.getProvider(Cors.class),
                shop.shop().realm(),
                event,
                shop.shop().keycloak().client("app"),
                null,
                null,
                null,
                new HashMap<>());
        return shop.provider().exchangeExternal(null, context);
    }

    private void assertRefused(String token, String type, String error, String oauthError, int status) {
        shop.shop().keycloak().events().clear();
        assertThatThrownBy(() -> exchange(token, type))
                .isInstanceOfSatisfying(CorsErrorResponseException.class, refused -> {
                    assertThat(refused.getMessage()).isEqualTo(oauthError);
                    assertThat(refused.getResponse().getStatus()).isEqualTo(status);
                    assertThat(refused.getErrorDescription()).isNotBlank().doesNotContain("uid_ann");
                });
        assertThat(shop.shop().keycloak().events())
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails())
                        .containsEntry("gigya_error", error)
                        .containsEntry("identity_provider", BrokeredShop.ALIAS));
    }
}
