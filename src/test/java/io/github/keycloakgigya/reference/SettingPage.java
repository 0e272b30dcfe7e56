package io.github.keycloakgigya.reference;

import static io.github.keycloakgigya.reference.Page.code;

import io.github.keycloakgigya.MessageBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** The page about settings, as the admin console shows them. */
final class SettingPage {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    private final Map<String, String> texts = MessageBundle.page("en").texts();

    Page page() {
        var page = new Page("settings.md", "Settings", """
                Every setting of every provider, in the order of the admin console's form, with its label and help text. The key is what the
                admin API, realm files and Terraform call it. What they are good for: [user federation](../user-federation.md#settings),
                [identity provider](../identity-provider.md#settings), [mappers](../identity-provider-mappers.md#settings),
                [apps](../apps.md#settings-of-the-step).
                """);
        providers()
                .forEach((name, properties) -> page.heading(name, "")
                        .table(
                                List.of("key", "label", "type", "default", "help text"),
                                properties.stream().map(this::row).toList()));
        return page;
    }

    private List<String> row(ProviderConfigProperty property) {
        var choices = property.getOptions() == null || property.getOptions().isEmpty()
                ? property.getType()
                : property.getOptions().stream().map(Page::code).collect(Collectors.joining(" "));
        var whenUnset = property.getDefaultValue() == null
                ? ""
                : code(property.getDefaultValue().toString());
        return List.of(
                code(property.getName()), text(property.getLabel()), choices, whenUnset, text(property.getHelpText()));
    }

    private String text(String key) {
        return key == null ? "" : texts.getOrDefault(key, key);
    }

    private static Map<String, List<ProviderConfigProperty>> providers() {
        var providers = new TreeMap<String, List<ProviderConfigProperty>>();
        for (var factory : factories()) {
            if (factory instanceof ConfiguredProvider configured
                    && configured.getConfigProperties() != null
                    && !configured.getConfigProperties().isEmpty()) {
                providers.put(
                        kind(factory) + " `" + factory.getId() + "`", List.copyOf(configured.getConfigProperties()));
            }
        }
        return providers;
    }

    private static String kind(ProviderFactory<?> factory) {
        return factory.getClass().getPackageName().replaceFirst(".*\\.", "").equals("storage")
                ? "User federation"
                : kindByName(factory.getClass().getSimpleName());
    }

    private static String kindByName(String name) {
        if (name.endsWith("IdentityProviderFactory")) {
            return "Identity provider";
        }
        return name.endsWith("Mapper") || name.endsWith("Importer") ? "Mapper" : "Step or condition";
    }

    private static List<ProviderFactory<?>> factories() {
        var factories = new ArrayList<ProviderFactory<?>>();
        try (var services = Files.list(SERVICES)) {
            for (var service : services.sorted().toList()) {
                for (var name : Files.readAllLines(service)) {
                    if (Class.forName(name).getConstructor().newInstance() instanceof ProviderFactory<?> factory) {
                        factories.add(factory);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (ReflectiveOperationException missing) {
            throw new AssertionError(missing);
        }
        return factories;
    }
}
