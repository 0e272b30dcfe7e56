package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.failure.SignInError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderFactory;

/**
 * Realm files, scripts, dashboards and themes of others go by these names: they change only on purpose, with a note in the
 * changelog. {@code -Dpublic-names.write} records them anew.
 */
class PublicNamesTest {

    private static final Path RECORDED = Path.of("src/test/resources/public-names.txt");
    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path MESSAGES = Path.of("themes/theme-resources/messages");
    // Attributes, notes, event details, form parameters, metrics, and options of the server.
    private static final Pattern NAME =
            Pattern.compile("\"(gigya_[a-z_]+|keycloak\\.gigya[a-z.]*|gigya\\.[a-zA-Z.]+|[a-z]+(?:-[a-z]+)+)\"");

    @Test
    void names_that_others_go_by_are_as_recorded() throws IOException {
        var names = names();
        if (System.getProperty("public-names.write") != null) {
            Files.write(RECORDED, names);
        }

        assertThat(names).isEqualTo(Files.readAllLines(RECORDED));
    }

    private static List<String> names() throws IOException {
        var names = new ArrayList<String>();
        names.addAll(providersAndSettings());
        names.addAll(failures());
        names.addAll(inTheSources());
        names.addAll(messages());
        return names;
    }

    private static TreeSet<String> providersAndSettings() throws IOException {
        var names = new TreeSet<String>();
        try (var services = Files.list(SERVICES)) {
            for (var service : services.toList()) {
                var kind = service.getFileName().toString().replaceFirst(".*\\.", "");
                for (var name : Files.readAllLines(service)) {
                    if (made(name) instanceof ProviderFactory<?> factory) {
                        names.add("provider " + kind + " " + factory.getId());
                        settings(factory).forEach(setting -> names.add("setting " + factory.getId() + " " + setting));
                    }
                }
            }
        }
        return names;
    }

    private static Object made(String name) {
        try {
            return Class.forName(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException missing) {
            throw new AssertionError(missing);
        }
    }

    private static List<String> settings(ProviderFactory<?> factory) {
        return factory instanceof ConfiguredProvider configured
                ? configured.getConfigProperties().stream()
                        .map(property -> property.getName() + " " + property.getType() + " "
                                + (property.getDefaultValue() == null ? "" : property.getDefaultValue()))
                        .map(String::strip)
                        .toList()
                : List.of();
    }

    private static List<String> failures() {
        return Arrays.stream(SignInError.values())
                .map(error -> "failure " + error.code() + " " + error.messageKey())
                .distinct()
                .sorted()
                .toList();
    }

    private static TreeSet<String> inTheSources() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                NAME.matcher(Files.readString(file)).results().forEach(found -> names.add("name " + found.group(1)));
            }
        }
        return names;
    }

    private static TreeSet<String> messages() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.list(MESSAGES)) {
            for (var file : files.filter(path -> path.toString().endsWith("messages_en.properties"))
                    .toList()) {
                var texts = new Properties();
                try (var text = Files.newBufferedReader(file)) {
                    texts.load(text);
                }
                texts.stringPropertyNames().forEach(key -> names.add("message " + key));
            }
        }
        return names;
    }
}
