package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.authentication.GigyaAuthenticatorFactory;
import io.github.keycloakgigya.authentication.GigyaDirectGrantFactory;
import io.github.keycloakgigya.broker.GigyaAccountImporter;
import io.github.keycloakgigya.broker.GigyaAttributeMapper;
import io.github.keycloakgigya.broker.GigyaGroupMapper;
import io.github.keycloakgigya.broker.GigyaIdentityProviderFactory;
import io.github.keycloakgigya.broker.GigyaRoleMapper;
import io.github.keycloakgigya.broker.GigyaUsernameMapper;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;

/** What administrators read: labels, help texts and refusals. */
class AdminMessagesTest {

    private static final Path MESSAGES = Path.of("themes/theme-resources/messages");
    private static final Pattern REFUSAL = Pattern.compile("SettingsException\\(\\s*\"(\\w+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void every_setting_has_a_label_and_a_help_text(String language) throws IOException {
        var texts = load("messages", language);

        assertThat(settings()).isNotEmpty().allSatisfy(setting -> {
            assertThat(texts).containsKey(setting.getLabel());
            assertThat(texts).containsKey(setting.getHelpText());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void every_refusal_has_a_text_and_every_text_a_refusal(String language) throws IOException {
        assertThat(load("admin-messages", language).stringPropertyNames()).isEqualTo(refusalsInCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void a_refusal_is_a_well_formed_message_that_shows_its_parameters(String language) throws IOException {
        var texts = load("admin-messages", language);

        assertThat(texts.stringPropertyNames()).allSatisfy(key -> {
            var shown = MessageFormat.format(texts.getProperty(key), "first", "second", "third");
            assertThat(shown).as(key).doesNotContain("{0}", "{1}", "{2}", "''");
            assertThat(load("admin-messages", "en").getProperty(key).contains("{0}"))
                    .as(key)
                    .isEqualTo(texts.getProperty(key).contains("{0}"));
        });
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

    private static Properties load(String bundle, String language) throws IOException {
        var texts = new Properties();
        try (Reader reader = Files.newBufferedReader(MESSAGES.resolve(bundle + "_" + language + ".properties"))) {
            texts.load(reader);
        }
        return texts;
    }
}
