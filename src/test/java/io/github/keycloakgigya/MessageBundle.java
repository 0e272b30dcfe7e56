package io.github.keycloakgigya;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * One file of texts of the jar.
 *
 * @param name of the bundle
 * @param language as Java spells it in the names of such files: {@code pt_BR}
 */
public record MessageBundle(String name, String language) {

    private static final Path FOLDER = Path.of("themes/theme-resources/messages");
    private static final String PAGE = "messages";

    /** {@return what people read on the page, and labels and help texts of the admin console} */
    public static MessageBundle page(String language) {
        return new MessageBundle(PAGE, language);
    }

    /** {@return what administrators read when settings are refused} */
    public static MessageBundle refusals(String language) {
        return new MessageBundle("admin-messages", language);
    }

    /** {@return the languages that this bundle comes in, in alphabetic order} */
    public List<String> languages() {
        var prefix = name + "_";
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(prefix))
                    .map(file -> file.substring(prefix.length(), file.indexOf('.')))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return the languages of the page, in alphabetic order} */
    public static List<String> allLanguages() {
        return page("en").languages();
    }

    /** {@return those of them that settings and refusals in the admin console come in, too} */
    public static List<String> consoleLanguages() {
        return refusals("en").languages();
    }

    /** {@return the language as browsers and Keycloak's settings spell it, {@code pt-BR}} */
    public static String tag(String language) {
        return language.replace('_', '-');
    }

    /** {@return the same bundle in English} */
    public MessageBundle english() {
        return new MessageBundle(name, "en");
    }

    /**
     * {@return the texts by their keys}
     *
     * @throws AssertionError where the file is not UTF-8 or has a key twice
     */
    public Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        var reader = new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Object put(Object key, Object text) {
                if (texts.putIfAbsent((String) key, (String) text) != null) {
                    throw new AssertionError(MessageBundle.this + " has the key " + key + " twice");
                }
                return null;
            }
        };
        try {
            // A decoder of one's own refuses what is not UTF-8; a reader of the file would replace it.
            var bytes = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name + "_" + language + ".properties")));
            reader.load(new StringReader(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString()));
        } catch (IOException unreadable) {
            throw new AssertionError(this + " can't be read", unreadable);
        }
        return texts;
    }
}
