package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.settings.StoredSecrets.BoundSecret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

class StoredSecretsTest {

    private static final String KEY = "3_" + "k".repeat(64);
    private static final String OTHER_KEY = "3_" + "o".repeat(64);
    private static final String SECRET = "c2VjcmV0IHNlY3JldA==";
    private static final Map<String, String> SITE =
            Map.of("dataCenter", "eu1", "apiDomain", "login.example.com", "apiKey", KEY, "userKey", "AKey");

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final VaultTranscriber vault = mock(VaultTranscriber.class);
    private final StoredSecrets secrets = new StoredSecrets(session);

    StoredSecretsTest() {
        when(session.vault()).thenReturn(vault);
    }

    @Test
    void a_typed_secret_serves_what_it_was_typed_for() throws SettingsException {
        var saved = saved(SITE, " " + SECRET + " ");

        assertThat(use(SITE, saved)).isEqualTo(SECRET);
        // Saved again, as a console does with what it shows.
        assertThat(saved(SITE, saved)).isEqualTo(saved);
    }

    @ParameterizedTest
    @CsvSource({
        "dataCenter, us1",
        "dataCenter, ''",
        "apiDomain, login.example.org",
        "apiDomain, login.example.com:8443",
        "apiDomain, ''",
        "apiKey, OTHER",
        "userKey, AnotherKey",
        "userKey, ''"
    })
    void a_secret_serves_nothing_that_it_was_not_typed_for(String setting, String value) throws SettingsException {
        var saved = saved(SITE, SECRET);

        refused(with(setting, value), saved, "gigyaSecretAgain");
        // Nor does saving it with the other settings make it theirs.
        assertThat(saved(with(setting, value), saved)).isEqualTo(saved);
    }

    @ParameterizedTest
    @CsvSource({"apiDomain, LOGIN.Example.COM:443", "apiKey, ' KEY '", "dataCenter, ' eu1 '", "usernameField, UID"})
    void what_says_the_same_or_nothing_of_it_is_no_change(String setting, String value) throws SettingsException {
        assertThat(use(with(setting, value), saved(SITE, SECRET))).isEqualTo(SECRET);
    }

    @Test
    void a_default_that_is_written_down_is_no_change() throws SettingsException {
        var bare = Map.of("apiKey", KEY);

        assertThat(use(Map.of("apiKey", KEY, "dataCenter", "us1", "apiDomain", " "), saved(bare, SECRET)))
                .isEqualTo(SECRET);
    }

    @Test
    void a_typed_secret_takes_the_place_of_one_for_another() throws SettingsException {
        var moved = with("apiDomain", "login.example.org");

        assertThat(use(moved, saved(moved, "b3RoZXI="))).isEqualTo("b3RoZXI=");
    }

    @Test
    void a_private_key_is_kept_as_it_was_typed() throws SettingsException {
        var pem = "-----BEGIN PRIVATE KEY-----\nAB\"\\c\n-----END PRIVATE KEY-----";

        assertThat(use(SITE, saved(SITE, pem + "\n"))).isEqualTo(pem);
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "**********", "${vault.}", "$vault"})
    void a_secret_that_was_stored_past_the_validator_serves_nothing(String stored) {
        refused(SITE, stored, "gigyaSecretUnbound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"secret\":\"hush\"}",
                "{\"secret\":\"hush\",\"dataCenter\":\"xx\",\"apiKey\":\"3_k\"}",
                "{\"secret\":\" \",\"dataCenter\":\"eu1\",\"apiKey\":\"3_k\"}",
                "{\"secret\":\"hush\",\"dataCenter\":\"eu1\",\"apiDomain\":\"no host\",\"apiKey\":\"3_k\"}",
                "{\"secret\":\"hush\",\"dataCenter\":\"eu1\",\"apiKey\":\"3_k\",\"more\":1}"
            })
    void a_text_that_is_almost_bound_is_refused_without_a_word_of_it(String stored) {
        assertThatThrownBy(() -> use(SITE, stored))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("gigyaSecretInvalid")
                .hasMessageNotContaining("hush")
                .hasNoCause();
    }

    @Test
    void what_a_secret_is_bound_to_is_looked_at_before_it_is_stored() {
        assertThatThrownBy(() -> saved(with("apiDomain", "no host"), SECRET))
                .hasMessageContaining("gigyaApiDomainInvalid");
        assertThatThrownBy(() -> saved(with("apiKey", "1_nonsense"), SECRET))
                .hasMessageContaining("gigyaApiKeyInvalid");
    }

    @Test
    void no_text_of_it_shows_the_secret() throws SettingsException {
        assertThat(BoundSecret.parse(saved(SITE, SECRET)).toString()).doesNotContain(SECRET);
    }

    @Test
    void a_reference_is_stored_as_it_is_and_resolved_at_use() throws SettingsException {
        vaultHolds(SECRET + "\n");

        assertThat(saved(SITE, " ${vault.gigya} ")).isEqualTo("${vault.gigya}");
        assertThat(use(SITE, "${vault.gigya}")).isEqualTo(SECRET);
    }

    @Test
    void an_entry_of_the_vault_that_says_what_it_is_for_serves_that_and_nothing_else() throws SettingsException {
        vaultHolds("""
                {"secret": "%s", "dataCenter": "eu1", "apiDomain": "login.example.com", "apiKey": "%s", "userKey": "AKey"}
                """.formatted(SECRET, KEY));

        assertThat(use(SITE, "${vault.gigya}")).isEqualTo(SECRET);
        refused(with("apiDomain", ""), "${vault.gigya}", "gigyaVaultEntryForAnother");
        refused(with("apiKey", "OTHER"), "${vault.gigya}", "gigyaVaultEntryForAnother");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void a_vault_without_the_entry_is_named_as_the_reason(String entry) {
        vaultHolds(entry);

        refused(SITE, "${vault.gigya}", "gigyaVaultEntryMissing");
    }

    private void vaultHolds(String entry) {
        var found = mock(VaultStringSecret.class);
        when(found.get()).thenReturn(Optional.of(entry));
        when(vault.getStringSecret("${vault.gigya}")).thenReturn(found);
    }

    private void refused(Map<String, String> settings, String stored, String reason) {
        assertThatThrownBy(() -> use(settings, stored))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refusal -> assertThat(refusal.messageKey()).isEqualTo(reason));
    }

    private String use(Map<String, String> settings, String stored) throws SettingsException {
        return secrets.secretFor(stored, SecretScope.of(reader(settings)));
    }

    private static String saved(Map<String, String> settings, String typed) throws SettingsException {
        var all = new TreeMap<>(settings);
        all.put("secret", typed);
        return StoredSecrets.toStore(reader(all));
    }

    private static Map<String, String> with(String setting, String value) {
        var changed = new TreeMap<>(SITE);
        changed.put(setting, value.replace("OTHER", OTHER_KEY).replace("KEY", KEY));
        return changed;
    }

    private static SettingsReader reader(Map<String, String> settings) {
        return SettingsReader.ofConfig(settings);
    }
}
