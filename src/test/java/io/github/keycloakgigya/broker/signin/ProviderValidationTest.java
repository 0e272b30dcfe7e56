package io.github.keycloakgigya.broker.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.idm.ComponentRepresentation;

/** Which identity providers an administrator may save, and what becomes of the secret. */
class ProviderValidationTest {

    private static final String OTHER_SITE = "3_" + "b".repeat(64);
    private static final String GRANTS = "jwtAuthorizationGrantEnabled";

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final ProviderValidation validation =
            new ProviderValidation(shop.shop().session(), shop.shop().realm());

    @Test
    void a_provider_that_can_be_used_is_saved() {
        assertSaved(saved());
    }

    @Test
    void a_typed_secret_is_stored_with_what_it_was_typed_for() {
        var typed = saved();
        typed.getConfig().put("clientSecret", InMemoryGigya.SECRET);

        validation.require(typed);

        assertThat(secretOf(typed)).isEqualTo(secretOf(shop.model()));
        assertThat(secretOf(typed)).contains(InMemoryGigya.SECRET).contains(InMemoryGigya.API_KEY);
    }

    @Test
    void a_secret_that_was_typed_for_one_site_is_refused_at_another() {
        var redirected = saved();
        redirected.getConfig().put("clientId", OTHER_SITE);

        assertRefused(redirected, "gigyaSecretAgain");
    }

    @Test
    void the_mask_stands_for_the_secret_that_is_stored() {
        var masked = masked();

        assertSaved(masked);
        assertThat(secretOf(masked)).isEqualTo(ComponentRepresentation.SECRET_VALUE);
    }

    @Test
    void the_mask_gives_another_site_no_secret_that_was_typed_for_this_one() {
        var redirected = masked();
        redirected.getConfig().put("clientId", OTHER_SITE);

        assertRefused(redirected, "gigyaSecretAgain");
    }

    @Test
    void a_mask_of_nothing_as_exports_hold_it_is_saved_and_the_other_settings_count() {
        shop.model().getConfig().put("clientSecret", ComponentRepresentation.SECRET_VALUE);
        var masked = masked();
        assertSaved(masked);

        var imported = masked();
        imported.setInternalId(null);
        assertSaved(imported);

        var wrong = masked();
        wrong.getConfig().put("clientId", "no API key");
        assertRefused(wrong, "gigyaApiKeyInvalid");
    }

    @Test
    void what_this_kind_of_provider_does_not_do_cannot_be_switched_on() {
        var storing = saved();
        storing.setStoreToken(true);
        assertRefused(storing, "gigyaSettingNotOffered");

        var readable = saved();
        readable.setAddReadTokenRoleOnCreate(true);
        assertRefused(readable, "gigyaSettingNotOffered");

        var silent = saved();
        silent.getConfig().put("acceptsPromptNoneForwardFromClient", "true");
        assertRefused(silent, "gigyaSettingNotOffered");
    }

    @ParameterizedTest
    @CsvSource({
        "clientId, no API key, gigyaApiKeyInvalid",
        "syncMode, SOMETIMES, gigyaSettingOneOf",
        "jwtAuthorizationGrantEnabled, perhaps, gigyaSettingOneOf",
        "clientSecret, '', gigyaSettingRequired"
    })
    void a_setting_that_cannot_be_used_is_refused(String setting, String value, String reason) {
        var provider = saved();
        provider.getConfig().put(setting, value);

        assertRefused(provider, reason);
    }

    @Test
    void keycloak_finds_the_provider_of_a_grant_by_the_sites_issuer() {
        var granting = saved();
        granting.getConfig().put(GRANTS, "true");

        validation.require(granting);
        assertThat(granting.getConfig())
                .containsEntry("issuer", "https://fidm.gigya.com/jwt/" + InMemoryGigya.API_KEY + "/");

        granting.getConfig().put(GRANTS, "false");
        validation.require(granting);
        assertThat(granting.getConfig()).doesNotContainKey("issuer");
    }

    @Test
    void only_one_provider_takes_the_grants_of_a_site() {
        shop.model().getConfig().put(GRANTS, "true");
        validation.require(shop.model());
        var second = saved();
        second.setInternalId("id of a second one");
        second.getConfig().put(GRANTS, "false");
        assertSaved(second);

        second.getConfig().put(GRANTS, "true");
        assertRefused(second, "gigyaIssuerTaken");
    }

    @Test
    void neither_a_provider_itself_nor_one_of_another_issuer_is_in_its_way() {
        var other = saved();
        other.setInternalId("id of another one");
        other.getConfig().put("issuer", "https://issuer.example.com/");
        shop.shop().keycloak().identityProviders().create(other);
        shop.model().getConfig().put(GRANTS, "true");
        validation.require(shop.model());

        assertSaved(shop.model());
    }

    @Test
    void a_provider_keeps_its_kind() {
        assertThatCode(() -> validation.requireOwnKind(saved())).doesNotThrowAnyException();

        var disguised = saved();
        disguised.setProviderId("oidc");
        assertThatThrownBy(() -> validation.requireOwnKind(disguised))
                .satisfies(refused -> assertReason(refused, "gigyaKindFixed"));

        shop.model().setProviderId("oidc");
        var taken = saved();
        taken.setProviderId("gigya");
        assertThatThrownBy(() -> validation.requireOwnKind(taken))
                .satisfies(refused -> assertReason(refused, "gigyaKindFixed"));
    }

    @Test
    void what_others_kinds_become_is_their_own_matter() {
        shop.model().setProviderId("oidc");
        var other = saved();
        other.setProviderId("keycloak-oidc");

        assertThatCode(() -> validation.requireOwnKind(other)).doesNotThrowAnyException();
    }

    /** {@return what an administrator sends: all settings, with the secret as it is stored} */
    private IdentityProviderModel saved() {
        var sent = new IdentityProviderModel(shop.model());
        sent.setConfig(new HashMap<>(shop.model().getConfig()));
        return sent;
    }

    private IdentityProviderModel masked() {
        var sent = saved();
        sent.getConfig().put("clientSecret", ComponentRepresentation.SECRET_VALUE);
        return sent;
    }

    private static String secretOf(IdentityProviderModel provider) {
        return provider.getConfig().get("clientSecret");
    }

    private void assertSaved(IdentityProviderModel provider) {
        assertThatCode(() -> validation.require(provider)).doesNotThrowAnyException();
    }

    private void assertRefused(IdentityProviderModel provider, String reason) {
        assertThatThrownBy(() -> validation.require(provider)).satisfies(refused -> assertReason(refused, reason));
    }

    private static void assertReason(Throwable refused, String reason) {
        assertThat(refused).isInstanceOf(IllegalArgumentException.class);
        assertThat(refused.getMessage()).doesNotContain(InMemoryGigya.SECRET);
        assertThat(refused.getCause())
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        cause -> assertThat(cause.messageKey()).isEqualTo(reason));
    }
}
