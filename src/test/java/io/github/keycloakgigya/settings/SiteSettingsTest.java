package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.simulator.RsaApplicationKey;
import io.github.keycloakgigya.token.KnownRsaKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteSettingsTest {

    private static final String API_KEY = "3_" + "a".repeat(64);
    private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQ=";

    private final Map<String, List<String>> config =
            new HashMap<>(Map.of("apiKey", List.of(API_KEY), "secret", List.of(SECRET)));

    @Test
    void api_key_and_secret_are_enough() throws SettingsException {
        var settings = parse();

        assertThat(settings.site().apiKey()).isEqualTo(API_KEY);
        assertThat(settings.site().domain().name()).isEqualTo("us1.gigya.com");
        assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.readTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.trustEmail()).isFalse();
        assertThat(settings.proofApiKeys()).containsExactly(API_KEY);
        assertThat(settings.signatureKey())
                .hasValueSatisfying(key -> assertThat(key.isPartnerSecret()).isTrue());
    }

    @Test
    void browsers_know_a_site_by_its_custom_domain_and_it_stays_in_its_data_center() throws SettingsException {
        set("dataCenter", "eu1");
        set("apiDomain", "Login.Example.com:8443");

        assertThat(parse().site().domain().name()).isEqualTo("login.example.com:8443");
        assertThat(parse().dataCenter()).isEqualTo(DataCenter.EU1);
    }

    @Test
    void tokens_of_the_whole_site_group_prove_a_sign_in() throws SettingsException {
        var other = "4_" + "b".repeat(22);
        config.put("siteGroupApiKeys", new ArrayList<>(List.of(other, " ", API_KEY)));

        assertThat(parse().proofApiKeys()).containsExactlyInAnyOrder(API_KEY, other);
    }

    @Test
    void the_secret_of_an_application_is_not_the_partners() throws SettingsException {
        set("userKey", "AKey");

        assertThat(parse().signatureKey())
                .hasValueSatisfying(key -> assertThat(key.isPartnerSecret()).isFalse());
    }

    @Test
    void a_private_key_checks_no_uid_signatures() throws SettingsException {
        var key = RsaApplicationKey.of(KnownRsaKeys.number(0));
        set("authorizationMethod", "bearer");
        set("userKey", key.userKey());
        set("secret", key.privateKeyAsPkcs1().replace('\n', ' '));

        assertThat(parse().signatureKey()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "apiKey, 1_aaaaaaaaaaaaaaaaaaaaaaaa, gigyaApiKeyInvalid",
        "apiKey, 3_aaaa/aaaaaaaaaaaaaaaaaaa, gigyaApiKeyCharacters",
        "apiKey, 3_nonsense, gigyaApiKeyShort",
        "siteGroupApiKeys, nonsense, gigyaApiKeyInvalid",
        "siteGroupApiKeys, 4_nonsense, gigyaApiKeyShort",
        "apiDomain, https://login.example.com, gigyaApiDomainInvalid",
        "apiDomain, 10.0.0.1, gigyaApiDomainInvalid",
        "userKey, a b, gigyaUserKeyInvalid",
        "secret, not base64 at all!, gigyaSecretInvalid",
        "authorizationMethod, bearer, gigyaUserKeyRequired",
        "authorizationMethod, basic, gigyaSettingOneOf",
        "dataCenter, US1, gigyaSettingOneOf",
        "tokenLifetime, 5, gigyaSettingNumber",
        "connectTimeout, 2501, gigyaSettingNumber",
        "readTimeout, 0, gigyaSettingNumber",
        "trustEmail, maybe, gigyaSettingOneOf"
    })
    void a_setting_that_can_not_be_used_is_refused(String key, String value, String reason) {
        set(key, value);

        refused(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apiKey", "secret"})
    void a_setting_that_is_missing_is_refused(String key) {
        config.remove(key);

        refused("gigyaSettingRequired");
    }

    @Test
    void a_private_key_that_can_not_be_read_is_refused() {
        set("authorizationMethod", "bearer");
        set("userKey", "AKey");

        refused("gigyaPrivateKeyInvalid");
    }

    @Test
    void the_secret_is_what_the_settings_stand_for() throws SettingsException {
        set("secret", "${vault.gigya}");

        assertThat(SiteSettings.parse(reader(), (reference, scope) -> SECRET).signatureKey())
                .isPresent();
    }

    @Test
    void no_refusal_quotes_the_secret() {
        set("secret", "%%%hush%%%");

        assertThatThrownBy(this::parse).hasMessageNotContaining("hush");
    }

    @Test
    void no_text_of_the_settings_shows_the_secret() throws SettingsException {
        assertThat(parse().toString()).doesNotContain(SECRET);
    }

    private void refused(String reason) {
        assertThatThrownBy(this::parse)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refusal -> assertThat(refusal.messageKey()).isEqualTo(reason));
    }

    private void set(String key, String value) {
        config.put(key, List.of(value));
    }

    private SiteSettings parse() throws SettingsException {
        return SiteSettings.parse(reader(), (secret, scope) -> secret);
    }

    private SettingsReader reader() {
        return SettingsReader.ofComponent(config);
    }
}
