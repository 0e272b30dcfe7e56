package io.github.keycloakgigya.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.broker.mapper.GigyaAttributeMapper;
import io.github.keycloakgigya.broker.mapper.GigyaMapper.MapperException;
import io.github.keycloakgigya.broker.mapper.MappedFields.UnaskedFieldException;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.InMemoryLogin;
import io.github.keycloakgigya.settings.SettingsException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider.AuthenticationCallback;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;

/** What the page of the identity provider posts, and what Keycloak is handed. */
class PostedSignInTest {

    private static final String AUDIENCE = "keycloak-of-this-login";

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final InMemoryLogin login = shop.shop().keycloak().login();
    private final AuthenticationCallback callback = mock(AuthenticationCallback.class);
    private EventBuilder event;
    private BrokeredIdentityContext handedOver;

    @BeforeEach
    void show_the_page() {
        shop.shop()
                .gigya()
                .account("uid_ann")
                .withVerifiedEmail("ann@example.com")
                .with("data.member", "gold");
        login.setAuthNote("gigya.audience." + BrokeredShop.ALIAS, AUDIENCE);
        event = new EventBuilder(shop.shop().realm(), shop.shop().session()).event(EventType.IDENTITY_PROVIDER_LOGIN);
        when(callback.authenticated(any())).thenAnswer(call -> {
            handedOver = call.getArgument(0);
            return Response.status(302).build();
        });
    }

    @Test
    void the_account_of_a_token_that_was_made_for_this_login_is_handed_over() throws Exception {
        assertThat(post(madeFor(AUDIENCE)).getStatus()).isEqualTo(302);

        assertThat(handedOver.getId()).isEqualTo("uid_ann");
        assertThat(handedOver.getAuthenticationSession()).isSameAs(login);
        assertThat(event.getEvent().getDetails()).containsEntry("gigya_uid", "uid_ann");
        assertThat(shop.shop().counted("keycloak.gigya.sign.ins", "door", "identity_provider", "outcome", "success"))
                .isEqualTo(1);
    }

    @Test
    void a_token_that_was_made_for_the_page_of_another_provider_is_not_taken() {
        BrokeredShop.assertRefused(() -> post(madeFor("keycloak-of-another")), SignInError.PROOF_INVALID);
        assertThat(handedOver).isNull();
    }

    @Test
    void a_login_that_demands_a_new_sign_in_takes_nothing_before_its_page_was_shown() {
        login.setClientNote("max_age", "0");

        BrokeredShop.assertRefused(() -> post(madeFor(AUDIENCE)), SignInError.PROOF_INVALID);
    }

    @Test
    void a_user_who_is_deleted_while_linking_an_account_is_not_linked() {
        login.setAuthNote("LINKING_IDENTITY_PROVIDER", "root" + "app" + BrokeredShop.ALIAS);

        BrokeredShop.assertRefused(() -> post(madeFor(AUDIENCE)), SignInError.PROOF_INVALID);
    }

    @Test
    void mappers_that_changed_since_the_last_sign_in_make_the_account_be_read_again() throws Exception {
        shop.linkedUser("1", "ann", "uid_ann");
        post(madeFor(AUDIENCE));
        var mapper = shop.mapper("gigya-attribute-mapper", Map.of("field", "data.member", "user.attribute", "member"));
        when(callback.authenticated(any())).thenAnswer(call -> {
            handedOver = call.getArgument(0);
            new GigyaAttributeMapper()
                    .preprocessFederatedIdentity(
                            shop.shop().session(), shop.shop().realm(), mapper, handedOver);
            return Response.status(302).build();
        });

        var answer = post(InMemoryGigya.accountToken("uid_ann")
                .with("aud", AUDIENCE)
                .with("exp", later())
                .signed());

        assertThat(answer.getStatus()).isEqualTo(302);
        assertThat(shop.shop().gigya().calls()).containsExactly("getJwt", "getJwt", "getJwt");
        assertThat(shop.shop().gigya().lastQuestion().fields()).contains("data.member");
    }

    @Test
    void mappers_that_change_again_and_again_end_the_sign_in() {
        when(callback.authenticated(any())).thenThrow(new UnaskedFieldException());

        BrokeredShop.assertRefused(() -> post(madeFor(AUDIENCE)), SignInError.GIGYA_UNAVAILABLE);
    }

    @Test
    void a_mapper_that_cannot_be_used_is_not_taken_for_the_persons_fault() {
        when(callback.authenticated(any())).thenThrow(new MapperException(new SettingsException("gigyaX")));

        assertThatThrownBy(() -> post(madeFor(AUDIENCE))).isInstanceOf(MapperException.class);
    }

    private static long later() {
        return Instant.now().getEpochSecond() + 70;
    }

    private static String madeFor(String audience) {
        return InMemoryGigya.accountToken("uid_ann").with("aud", audience).signed();
    }

    private Response post(String token) throws Exception {
        var form = new MultivaluedHashMap<String, String>();
        form.putSingle("id_token", token);
        return new PostedSignIn(
                        shop.shop().session(),
                        shop.shop().realm(),
                        shop.provider().context(),
                        callback,
                        event,
                        login)
                .complete(form);
    }
}
