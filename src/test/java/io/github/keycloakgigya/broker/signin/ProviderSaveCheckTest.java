package io.github.keycloakgigya.broker.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.idm.ComponentRepresentation;

/** A person saves an identity provider in the admin console, or something else saves one. */
class ProviderSaveCheckTest {

    private static final String INSTANCES = "/admin/realms/shop/identity-provider/instances";

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final AccessToken token = new AccessToken();
    private final ProviderValidation validation =
            new ProviderValidation(shop.shop().session(), shop.shop().realm());

    @BeforeEach
    void sign_in_to_the_console() {
        token.issuedFor("security-admin-console");
        token.setLocale("en");
        shop.shop().keycloak().context().setBearerToken(token);
        shop.shop().keycloak().context().setPath(INSTANCES);
    }

    @Test
    void what_gigya_accepts_is_saved_after_a_look_at_nobodys_account() {
        assertThatCode(() -> validation.require(created())).doesNotThrowAnyException();

        assertThat(shop.shop().gigya().calls()).containsExactly("getJwt");
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"MISCONFIGURED", "UNAVAILABLE"})
    void what_gigya_does_not_accept_is_not_saved(FailureKind refusal) {
        shop.shop().gigya().fail("getJwt", refusal);

        assertThatThrownBy(() -> validation.require(created()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(InMemoryGigya.SECRET);
    }

    @Test
    void it_is_saved_unseen_where_the_check_is_off() {
        var unseen = created();
        unseen.getConfig().put("checkConnectionOnSave", "false");

        assertNotTested(unseen);
    }

    @Test
    void scripts_and_imports_are_not_tested() {
        token.issuedFor("admin-cli");
        assertNotTested(created());

        token.issuedFor("security-admin-console");
        shop.shop().keycloak().context().setPath("/admin/realms/shop/partialImport");
        assertNotTested(created());

        shop.shop().keycloak().context().setBearerToken(null);
        assertNotTested(created());
    }

    @Test
    void what_the_test_is_not_about_is_saved_while_gigya_is_down() {
        var stored = shop.model();
        var changed = new IdentityProviderModel(stored);
        changed.setConfig(new HashMap<>(stored.getConfig()));
        changed.getConfig().put("screenSet", "Shop-Login");
        changed.getConfig().put("clientSecret", ComponentRepresentation.SECRET_VALUE);

        assertNotTested(changed);
    }

    @Test
    void a_mask_of_nothing_can_not_be_tested() {
        var imported = created();
        imported.getConfig().put("clientSecret", ComponentRepresentation.SECRET_VALUE);

        assertNotTested(imported);
    }

    private IdentityProviderModel created() {
        var provider = new IdentityProviderModel(shop.model());
        provider.setInternalId(null);
        provider.setConfig(new HashMap<>(shop.model().getConfig()));
        return provider;
    }

    private void assertNotTested(IdentityProviderModel provider) {
        shop.shop().gigya().fail("getJwt", FailureKind.UNAVAILABLE);

        assertThatCode(() -> validation.require(provider)).doesNotThrowAnyException();
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }
}
