package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteAccounts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GigyaFederationsTest {

    private static final String OTHER_KEY = "3_" + "b".repeat(64);
    private static final String THIRD_KEY = "3_" + "c".repeat(64);

    private final Shop shop = Shop.plain();

    @Test
    void a_realm_without_a_federation_has_nobody() throws Exception {
        assertThat(federations().areNone()).isTrue();
        assertThat(federations().usersOf(accounts(InMemoryGigya.API_KEY))).isEmpty();
        assertRefused("gigyaFederationMissing", Optional.empty());
    }

    @Test
    void the_only_federation_need_not_be_named() throws Exception {
        add("1", Map.of());

        assertThat(federations().users(Optional.empty()).componentId()).isEqualTo("1");
        assertThat(federations().areNone()).isFalse();
    }

    @Test
    void one_of_several_is_named_by_its_id_or_its_name() throws Exception {
        add("1", Map.of());
        add("2", Map.of());

        assertThat(federations().users(Optional.of("2")).componentId()).isEqualTo("2");
        assertThat(federations().users(Optional.of("federation 1")).componentId())
                .isEqualTo("1");
        assertThat(federations().knows("2")).isTrue();
        assertThat(federations().knows("3")).isFalse();
        assertThatThrownBy(() -> federations().users(Optional.empty()))
                .hasMessage("gigyaFederationAmbiguous[federation 1, federation 2]");
        assertRefused("gigyaFederationMissing", Optional.of("3"));
    }

    @Test
    void federations_of_other_kinds_do_not_count() {
        shop.keycloak().federation("1", "ldap", Map.of());

        assertThat(federations().areNone()).isTrue();
        assertRefused("gigyaFederationMissing", Optional.of("1"));
    }

    @Test
    void nobody_signs_in_to_a_disabled_federation() throws Exception {
        add("1", Map.of("enabled", "false"));

        assertRefused("gigyaFederationDisabled", Optional.empty());
        assertThat(federations().usersOf(accounts(InMemoryGigya.API_KEY))).isEmpty();
    }

    @Test
    void settings_that_cannot_be_used_are_named() {
        add("1", Map.of("connectTimeout", "never"));

        assertRefused("gigyaSettingNumber", Optional.empty());
    }

    @Test
    void a_domain_that_the_operator_forbids_is_refused_for_whoever_signs_in() {
        add("1", Map.of("apiDomain", "forbidden.example.com"));

        assertRefused("gigyaApiDomainForbidden", Optional.empty());
    }

    @Test
    void an_identity_provider_of_the_same_site_leads_to_the_federations_users() throws Exception {
        add("1", Map.of());

        assertThat(federations().usersOf(accounts(InMemoryGigya.API_KEY)))
                .get()
                .extracting(GigyaUsers::componentId)
                .isEqualTo("1");
        assertThat(federations().usersOf(accounts(OTHER_KEY))).isEmpty();
        assertThat(federations()
                        .usersOf(new SiteAccounts(
                                ApiDomain.of(DataCenter.EU1), DataCenter.EU1, InMemoryGigya.API_KEY, Set.of())))
                .isEmpty();
    }

    @Test
    void a_federation_that_names_its_group_takes_another_site_of_it() throws Exception {
        add("1", Map.of("siteGroupApiKeys", OTHER_KEY));

        assertThat(federations().usersOf(accounts(OTHER_KEY))).isPresent();
    }

    @Test
    void an_identity_provider_that_alone_says_that_both_are_of_one_group_is_refused() {
        add("1", Map.of());

        assertRefused("gigyaFederationLacksKeys", accounts(OTHER_KEY, InMemoryGigya.API_KEY));
        assertRefused("gigyaFederationLacksKeys", accounts(InMemoryGigya.API_KEY, OTHER_KEY));
    }

    @Test
    void the_federation_of_the_very_site_goes_before_others_of_its_group() throws Exception {
        add("1", Map.of("apiKey", OTHER_KEY, "siteGroupApiKeys", InMemoryGigya.API_KEY));
        add("2", Map.of());

        assertThat(federations().usersOf(accounts(InMemoryGigya.API_KEY)))
                .get()
                .extracting(GigyaUsers::componentId)
                .isEqualTo("2");
    }

    @Test
    void two_federations_with_the_same_accounts_leave_open_whose_user_signs_in() {
        add("1", Map.of("apiKey", OTHER_KEY, "siteGroupApiKeys", InMemoryGigya.API_KEY));
        add("2", Map.of("apiKey", THIRD_KEY, "siteGroupApiKeys", InMemoryGigya.API_KEY));

        assertRefused("gigyaFederationsShareAccounts", accounts(InMemoryGigya.API_KEY));
    }

    private GigyaFederations federations() {
        return new GigyaFederations(shop.session(), shop.realm());
    }

    private void add(String id, Map<String, String> settings) {
        shop.keycloak().federation(id, "gigya", InMemoryGigya.settings(settings));
    }

    private static SiteAccounts accounts(String apiKey, String... group) {
        return new SiteAccounts(ApiDomain.of(DataCenter.US1), DataCenter.US1, apiKey, Set.of(group));
    }

    private void assertRefused(String messageKey, Optional<String> nameOrId) {
        assertThatThrownBy(() -> federations().users(nameOrId))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.messageKey()).isEqualTo(messageKey));
    }

    private void assertRefused(String messageKey, SiteAccounts accounts) {
        assertThatThrownBy(() -> federations().usersOf(accounts))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.messageKey()).isEqualTo(messageKey));
    }
}
