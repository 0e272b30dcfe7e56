package io.github.keycloakgigya.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakgigya.MessageBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.theme.PropertiesUtil;

class LoginMessagesTest {

    private static final Pattern KEY_IN_TEMPLATE = Pattern.compile("msg\\(\"(gigya\\w+)\"");

    @ParameterizedTest
    @MethodSource("languages")
    void keycloak_reads_a_file_as_it_is_written(String language) {
        assertThat(messages(language)).isEqualTo(MessageBundle.page(language).texts());
    }

    @Test
    void the_template_names_no_text_that_does_not_exist() throws IOException {
        try (InputStream stream =
                file("theme-resources/templates/gigya-login.ftl").openStream()) {
            Matcher matcher = KEY_IN_TEMPLATE.matcher(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(matcher.results().map(found -> found.group(1)))
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(messages("en")).containsKey(key));
        }
    }

    @Test
    void the_jar_offers_its_theme_for_the_login_only() throws IOException, URISyntaxException {
        // An admin or account theme of a jar can break the master realm's console.
        // The file of the same name in Keycloak's own jar is on the class path too.
        Path classes = Path.of(file("theme/gigya/login/theme.properties").toURI())
                .getParent()
                .resolve("../../..");
        String declaration = Files.readString(classes.resolve("META-INF/keycloak-themes.json"));
        JsonNode themes = new ObjectMapper().readTree(declaration).path("themes");

        assertThat(themes).hasSize(1);
        assertThat(themes.get(0).path("name").asText()).isEqualTo("gigya");
        assertThat(themes.get(0).path("types"))
                .hasSize(1)
                .allSatisfy(type -> assertThat(type.asText()).isEqualTo("login"));
    }

    static List<String> languages() {
        return MessageBundle.allLanguages();
    }

    private static Properties messages(String language) {
        Properties messages = new Properties();
        try (InputStream stream = file("theme-resources/messages/messages_" + language + ".properties")
                .openStream()) {
            PropertiesUtil.readCharsetAware(messages, stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    private static URL file(String path) {
        return LoginMessagesTest.class.getClassLoader().getResource(path);
    }
}
