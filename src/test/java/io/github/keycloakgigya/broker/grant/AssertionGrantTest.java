package io.github.keycloakgigya.broker.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.token.GigyaTokens;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;

/** An app that shows a token of Gigya as an authorization grant. */
class AssertionGrantTest {

    private final BrokeredShop shop = BrokeredShop.plain(Map.of("jwtAuthorizationGrantEnabled", "true"));

    @BeforeEach
    void open_an_account() {
        shop.shop()
                .gigya()
                .account("uid_ann")
                .withVerifiedEmail("ann@example.com")
                .with("data.member", "gold");
    }

    @Test
    void a_token_that_was_made_for_the_realm_is_taken_once() {
        var assertion = madeForTheRealm().signed();

        assertThat(account(assertion).getId()).isEqualTo("uid_ann");
        assertRefused(assertion, "proof_replayed");
        assertThat(counted("success")).isEqualTo(1);
        assertThat(counted("proof_replayed")).isEqualTo(1);
    }

    @Test
    void the_token_of_a_sign_in_and_one_for_others_are_not_taken() {
        assertRefused(InMemoryGigya.signInToken("uid_ann").signed(), "proof_invalid");
        assertRefused(InMemoryGigya.accountToken("uid_ann").signed(), "proof_invalid");
        assertRefused(madeForTheRealm().with("aud", "another").signed(), "proof_invalid");
    }

    @Test
    void an_old_token_is_not_taken() {
        var now = Instant.now().getEpochSecond();

        assertRefused(
                madeForTheRealm()
                        .with("iat", now - 3_600)
                        .with("exp", now - 3_000)
                        .signed(),
                "proof_expired");
    }

    @Test
    void a_provider_takes_none_unless_the_settings_say_so() {
        shop.model().getConfig().remove("jwtAuthorizationGrantEnabled");

        assertRefused(madeForTheRealm().signed(), "proof_invalid");
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void a_provider_that_is_there_for_linking_only_signs_nobody_in() {
        shop.model().setLinkOnly(true);

        assertRefused(madeForTheRealm().signed(), "proof_invalid");
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void an_outage_and_wrong_settings_have_names_of_their_own() {
        shop.shop().gigya().fail("getJwt", FailureKind.UNAVAILABLE);
        assertRefused(madeForTheRealm().signed(), "gigya_unavailable");

        shop.model().getConfig().put("clientId", "nonsense");
        assertRefused(madeForTheRealm().signed(), "gigya_misconfigured");
    }

    @Test
    void mappers_write_onto_the_federations_user_whom_the_grant_links() {
        shop.shop().federation(Map.of());
        shop.mapper("gigya-attribute-mapper", Map.of("field", "data.member", "user.attribute", "member"));

        account(madeForTheRealm().signed());

        assertThat(shop.shop().keycloak().users().all()).singleElement().satisfies(user -> {
            assertThat(user.getFederationLink()).isEqualTo(Shop.FEDERATION);
            assertThat(user.getFirstAttribute("member")).isEqualTo("gold");
        });
    }

    @Test
    void mappers_write_nothing_onto_a_user_who_was_linked_before() {
        shop.mapper("gigya-attribute-mapper", Map.of("field", "data.member", "user.attribute", "member"));
        var user = shop.linkedUser("1", "ann", "uid_ann");

        account(madeForTheRealm().signed());

        assertThat(user.getFirstAttribute("member")).isNull();
    }

    private double counted(String outcome) {
        return shop.shop().counted("keycloak.gigya.sign.ins", "door", "jwt_grant", "outcome", outcome);
    }

    private static GigyaTokens madeForTheRealm() {
        return InMemoryGigya.accountToken("uid_ann").with("aud", "https://id.example.com/realms/shop");
    }

    private BrokeredIdentityContext account(String assertion) {
        shop.commit();
        return new AssertionGrant(shop.shop().session(), shop.provider().context()).account(assertion);
    }

    private void assertRefused(String assertion, String error) {
        assertThatThrownBy(() -> account(assertion))
                .isInstanceOf(IdentityBrokerException.class)
                .hasMessageStartingWith(error + ": ")
                .hasMessageNotContaining("uid_ann");
    }
}
