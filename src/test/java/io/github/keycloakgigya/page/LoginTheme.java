package io.github.keycloakgigya.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.keycloak.theme.PropertiesUtil;

/** A login theme that shows the page; resolves files in the order of Keycloak's {@code DefaultThemeManager}. */
enum LoginTheme {
    V2("keycloak.v2", "keycloak.v2", "base"),
    CLASSIC("keycloak", "keycloak", "base"),
    GIGYA("gigya", "gigya", "keycloak.v2", "base"),
    /** Somebody's own theme that takes templates from {@code base} and names none of Keycloak's classes. */
    BARE("bare", "base");

    private final String id;
    private final List<String> chain;

    LoginTheme(String id, String... chain) {
        this.id = id;
        this.chain = List.of(chain);
    }

    String id() {
        return id;
    }

    URL template(String name) {
        return files(name)
                .findFirst()
                .or(() -> file("theme-resources/templates/" + name))
                .orElse(null);
    }

    Optional<URL> resource(String path) {
        return files("resources/" + path).findFirst().or(() -> file("theme-resources/resources/" + path));
    }

    Properties properties() {
        return merged(files("theme.properties"));
    }

    Properties messages(Locale locale) {
        Properties messages = new Properties();
        for (Locale each : List.of(Locale.ENGLISH, locale)) {
            String file = "messages/messages_" + each + ".properties";
            messages.putAll(merged(Stream.concat(files(file), file("theme-resources/" + file).stream())));
        }
        return messages;
    }

    private Stream<URL> files(String path) {
        return chain.stream().flatMap(theme -> file("theme/" + theme + "/login/" + path).stream());
    }

    private static Optional<URL> file(String path) {
        return Optional.ofNullable(LoginTheme.class.getClassLoader().getResource(path));
    }

    private static Properties merged(Stream<URL> childFirst) {
        Properties merged = new Properties();
        for (URL url : childFirst.toList()) {
            Properties one = new Properties();
            try (InputStream stream = url.openStream()) {
                PropertiesUtil.readCharsetAware(one, stream);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            one.forEach(merged::putIfAbsent);
        }
        return merged;
    }
}
