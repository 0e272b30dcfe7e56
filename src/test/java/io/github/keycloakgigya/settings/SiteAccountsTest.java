package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;

class SiteAccountsTest {

    private static final String KEY = "3_" + "a".repeat(64);
    private static final String OTHER_KEY = "3_" + "b".repeat(64);

    @Test
    void the_same_domain_and_key_mean_the_same_accounts() {
        assertThat(accounts(Map.of("apiKey", KEY)).areThoseOf(accounts(Map.of("apiKey", KEY))))
                .isTrue();
    }

    @Test
    void another_key_means_other_accounts() {
        assertThat(accounts(Map.of("apiKey", KEY)).areThoseOf(accounts(Map.of("apiKey", OTHER_KEY))))
                .isFalse();
    }

    @Test
    void the_same_key_in_another_data_center_means_other_accounts() {
        assertThat(accounts(Map.of("apiKey", KEY)).areThoseOf(accounts(Map.of("apiKey", KEY, "dataCenter", "eu1"))))
                .isFalse();
    }

    @Test
    void the_same_custom_domain_in_another_data_center_means_other_accounts() {
        var here = accounts(Map.of("apiKey", KEY, "apiDomain", "login.example.com"));
        var there = accounts(Map.of("apiKey", KEY, "apiDomain", "login.example.com", "dataCenter", "eu1"));

        assertThat(here.areThoseOf(there)).isFalse();
        assertThat(here.include(there)).isFalse();
    }

    @Test
    void one_naming_the_other_in_its_site_group_is_enough() {
        var group = accounts(Map.of("apiKey", KEY, "siteGroupApiKeys", OTHER_KEY));
        var member = accounts(Map.of("apiKey", OTHER_KEY));

        assertThat(group.areThoseOf(member)).isTrue();
        assertThat(member.areThoseOf(group)).isTrue();
    }

    @Test
    void a_site_is_included_where_it_is_named_and_not_where_it_only_names() {
        var group = accounts(Map.of("apiKey", KEY, "siteGroupApiKeys", OTHER_KEY));
        var member = accounts(Map.of("apiKey", OTHER_KEY));

        assertThat(group.include(member)).isTrue();
        assertThat(member.include(member)).isTrue();
        assertThat(member.include(group)).isFalse();
    }

    @Test
    void a_site_with_the_same_key_that_takes_sign_ins_of_others_is_not_included() {
        var widened = accounts(Map.of("apiKey", KEY, "siteGroupApiKeys", OTHER_KEY));

        assertThat(accounts(Map.of("apiKey", KEY)).include(widened)).isFalse();
    }

    @Test
    void a_site_of_another_data_center_is_not_included() {
        assertThat(accounts(Map.of("apiKey", KEY)).include(accounts(Map.of("apiKey", KEY, "dataCenter", "eu1"))))
                .isFalse();
    }

    @Test
    void two_that_name_the_same_third_are_not_taken_for_one() {
        var third = "3_" + "c".repeat(64);

        assertThat(accounts(Map.of("apiKey", KEY, "siteGroupApiKeys", third))
                        .areThoseOf(accounts(Map.of("apiKey", OTHER_KEY, "siteGroupApiKeys", third))))
                .isFalse();
    }

    @Test
    void an_identity_provider_names_its_key_as_keycloak_does() {
        assertThat(SiteAccounts.of(provider("gigya", "clientId")))
                .hasValueSatisfying(accounts -> assertThat(accounts.apiKey()).isEqualTo(KEY));
    }

    @Test
    void identity_providers_of_other_kinds_and_without_a_key_have_no_accounts() {
        assertThat(SiteAccounts.of(provider("oidc", "clientId"))).isEmpty();
        assertThat(SiteAccounts.of(provider("gigya", "apiKey"))).isEmpty();
    }

    private static IdentityProviderModel provider(String kind, String nameOfKey) {
        var provider = new IdentityProviderModel();
        provider.setProviderId(kind);
        provider.setConfig(new HashMap<>(Map.of(nameOfKey, KEY)));
        return provider;
    }

    private static SiteAccounts accounts(Map<String, String> settings) {
        return SiteAccounts.of(SettingsReader.ofConfig(settings)).orElseThrow();
    }
}
