package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.authentication.GigyaAuthenticatorFactory;
import io.github.keycloakgigya.authentication.GigyaDirectGrantFactory;
import io.github.keycloakgigya.broker.GigyaIdentityProviderFactory;
import io.github.keycloakgigya.broker.importer.GigyaAccountImporter;
import io.github.keycloakgigya.broker.mapper.GigyaAttributeMapper;
import io.github.keycloakgigya.broker.mapper.GigyaGroupMapper;
import io.github.keycloakgigya.broker.mapper.GigyaRoleMapper;
import io.github.keycloakgigya.broker.mapper.GigyaUsernameMapper;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;

/** What administrators read: labels, help texts and refusals. */
class AdminMessagesTest {

    private static final Pattern REFUSAL = Pattern.compile("SettingsException\\(\\s*\"(\\w+)\"");

    // The second cell of a row: one key, or several, in backticks.
    private static final Pattern ROW = Pattern.compile("(?m)^\\|[^|]+\\|( `\\w+`[^|]*)\\|");

    @ParameterizedTest
    @MethodSource("languages")
    void every_setting_has_a_label_and_a_help_text(String language) {
        var texts = MessageBundle.page(language).texts();

        assertThat(settings()).isNotEmpty().allSatisfy(setting -> {
            assertThat(texts).containsKey(setting.getLabel());
            assertThat(texts).containsKey(setting.getHelpText());
        });
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_refusal_has_a_text_and_every_text_a_refusal(String language) throws IOException {
        assertThat(MessageBundle.refusals(language).texts().keySet()).isEqualTo(refusalsInCode());
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_number_has_its_unit_in_its_label(String language) {
        var texts = MessageBundle.page(language).texts();

        assertThat(settings().filter(setting -> setting.getType().equals(ProviderConfigProperty.INTEGER_TYPE)))
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(texts.get(setting.getLabel())).containsPattern("[(（].+[)）]$"));
    }

    @Test
    void the_manual_has_the_settings_of_a_federation_in_the_order_of_the_form() throws IOException {
        assertThat(inTheManual("docs/user-federation.md", "## Settings", "### "))
                .containsExactlyElementsOf(names(new GigyaUserStorageProviderFactory()));
    }

    @Test
    void the_manual_has_the_settings_of_an_identity_provider_in_the_order_of_the_form() throws IOException {
        var ofForm = names(new GigyaIdentityProviderFactory());

        assertThat(inTheManual("docs/identity-provider.md", "## Settings", "## What a person"))
                .filteredOn(ofForm::contains)
                .containsExactlyElementsOf(ofForm.stream()
                        .filter(name -> !name.equals("jwtAuthorizationGrantEnabled"))
                        .toList());
    }

    @Test
    void what_connects_is_asked_for_first() {
        assertThat(names(new GigyaUserStorageProviderFactory()))
                .startsWith("dataCenter", "apiKey", "userKey", "secret", "checkConnectionOnSave", "fieldMappings");
        assertThat(names(new GigyaIdentityProviderFactory()))
                .startsWith("dataCenter", "userKey", "checkConnectionOnSave", "usernameField");
    }

    private static List<String> names(ConfiguredProvider provider) {
        return provider.getConfigProperties().stream()
                .map(ProviderConfigProperty::getName)
                .toList();
    }

    /** {@return the keys in the table between two headings} */
    private static List<String> inTheManual(String page, String from, String to) throws IOException {
        var text = Files.readString(Path.of(page));
        int begin = text.indexOf(from + "\n");
        return ROW.matcher(text.substring(begin, text.indexOf("\n" + to, begin + from.length())))
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).split("[ *,`]+")))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    static List<String> languages() {
        return MessageBundle.consoleLanguages();
    }

    private static Stream<ProviderConfigProperty> settings() {
        return Stream.<ConfiguredProvider>of(
                        new GigyaUserStorageProviderFactory(),
                        new GigyaAuthenticatorFactory(),
                        new GigyaDirectGrantFactory(),
                        new GigyaIdentityProviderFactory(),
                        new GigyaAttributeMapper(),
                        new GigyaRoleMapper(),
                        new GigyaGroupMapper(),
                        new GigyaUsernameMapper(),
                        new GigyaAccountImporter())
                .flatMap(provider -> provider.getConfigProperties().stream());
    }

    private static Set<String> refusalsInCode() throws IOException {
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            return sources.filter(Files::isRegularFile)
                    .flatMap(AdminMessagesTest::refusalsIn)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<String> refusalsIn(Path source) {
        try {
            return REFUSAL.matcher(Files.readString(source)).results().map(match -> match.group(1));
        } catch (IOException unreadable) {
            throw new AssertionError(source + " can't be read", unreadable);
        }
    }
}
