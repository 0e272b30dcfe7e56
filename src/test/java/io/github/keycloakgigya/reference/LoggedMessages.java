package io.github.keycloakgigya.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources write into the log. */
final class LoggedMessages {

    /** The level of a message for which the code chooses among several. */
    static final String CHOSEN = "LOG";

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern LOGGER = Pattern.compile("Logger (\\w+) = Logger\\.getLogger\\(");
    private static final Pattern LOGGED = Pattern.compile("\\bLOG\\s*\\.\\s*([a-z]+?)[fv]?\\(");
    private static final Pattern TEXT =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\")*");

    private LoggedMessages() {}

    /** {@return the messages by their levels, with an ellipsis for each value} */
    static Map<String, TreeSet<String>> byLevel() {
        var messages = new TreeMap<String, TreeSet<String>>();
        for (var source : sources()) {
            LOGGED.matcher(source)
                    .results()
                    .forEach(call -> messages.computeIfAbsent(
                                    call.group(1).toUpperCase(Locale.ROOT), level -> new TreeSet<>())
                            .add(text(source, call)));
        }
        return messages;
    }

    /** {@return what loggers are called: one of another name would be overlooked} */
    static Stream<String> loggers() {
        return sources().stream()
                .flatMap(source -> LOGGER.matcher(source).results().map(found -> found.group(1)));
    }

    // The first text after the call, with what is added to it.
    private static String text(String source, MatchResult call) {
        var text = TEXT.matcher(source);
        if (!text.find(call.end())) {
            throw new AssertionError("a line of the log has no text");
        }
        return text.group()
                .replaceAll("\"\\s*\\+\\s*\"", "")
                .replaceAll("^\"|\"$", "")
                .replace("\\\"", "\"")
                .replaceAll("%[sd]", "…")
                .replace("%%", "%");
    }

    private static List<String> sources() {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(LoggedMessages::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
