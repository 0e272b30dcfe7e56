package io.github.keycloakgigya;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.failure.SignInError;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} names everything that an administrator or a person can be told, and nothing else. */
class TroubleshootingTest {

    private static final Document PAGE = Document.read(Path.of("docs/troubleshooting.md"));
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path ROOMS = SOURCES.resolve("io/github/keycloakgigya");
    private static final Path SCRIPT = Path.of("themes/theme-resources/resources/js/gigya-login.js");
    private static final Path MESSAGES = Path.of("themes/theme-resources/messages");

    private static final Pattern LOGGER = Pattern.compile("Logger (\\w+) = Logger\\.getLogger\\(");
    private static final Pattern LOGGED = Pattern.compile("\\bLOG\\s*\\.\\s*([a-z]+?)[fv]?\\(");
    private static final Pattern TEXT =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\")*");
    private static final Pattern CODE = Pattern.compile("\\b[2-5][0-9]{5}\\b");
    private static final Pattern MEANING = Pattern.compile("means\\((\\d{6}), (\\w+), \"([^\"]*)\"\\)");
    private static final Pattern IN_CONSOLE = Pattern.compile("console\\.error\\([`\"]([^`\"]*)[`\"]");
    private static final Pattern RESULT = Pattern.compile("(?:SyncResult\\.nothing|ended)\\(\"([^\"]*)\"\\)");
    private static final Pattern STEP = Pattern.compile("[A-Z_]+\\(\"(\\w+)\"\\)");
    private static final Pattern READ_BY_PEOPLE =
            Pattern.compile("gigya(?:Error[A-Z].*|Password(?!Check).*|ScriptFailed|Failed|SiteRefused|NoScript)");

    /**
     * A text that the code writes into the log.
     *
     * @param level in capitals; {@code LOG} where the code chooses among several
     */
    private record Logged(String level, String text) {}

    @Test
    void it_has_every_event_error() {
        assertThat(firstCells("Event errors"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SignInError.values())
                        .map(error -> quoted(error.code()))
                        .collect(toSet()));
    }

    @Test
    void it_has_every_text_that_a_person_reads_instead_of_being_signed_in() {
        var texts = load("messages_en");

        assertThat(firstCells("What a person reads"))
                .containsExactlyInAnyOrderElementsOf(texts.stringPropertyNames().stream()
                        .filter(key -> READ_BY_PEOPLE.matcher(key).matches())
                        .map(texts::getProperty)
                        .toList());
    }

    @Test
    void it_has_every_text_of_the_browsers_console() {
        assertThat(firstCells("The browser's console"))
                .containsExactlyInAnyOrderElementsOf(IN_CONSOLE
                        .matcher(read(SCRIPT).replace("${SITE_REFUSED}", "400120"))
                        .results()
                        .map(text -> quoted(text.group(1).replaceAll("\\$\\{[^}]*}", "…")))
                        .toList());
    }

    @Test
    void it_has_every_error_code_of_gigya_that_the_code_knows() {
        assertThat(firstCells("Gigya's error codes"))
                .containsExactlyInAnyOrderElementsOf(CODE.matcher(read(ROOMS.resolve("api/ErrorCodes.java")))
                        .results()
                        .map(code -> quoted(code.group()))
                        .collect(toSet()));
    }

    @Test
    void it_says_of_a_code_what_the_log_says_and_what_becomes_of_the_sign_in() {
        var rows = rows("Gigya's error codes").stream().collect(toMap(row -> row.get(0), row -> row));

        assertThat(MEANING.matcher(read(ROOMS.resolve("api/ErrorCodes.java"))).results())
                .isNotEmpty()
                .allSatisfy(meaning -> assertThat(rows.get(quoted(meaning.group(1))))
                        .contains(meaning.group(3), quoted(eventError(meaning.group(2)))));
    }

    @Test
    void it_has_every_log_message() {
        assertThat(Stream.of("ERROR", "WARN", "INFO", "DEBUG").flatMap(level -> firstCells(level).stream()))
                .containsExactlyInAnyOrderElementsOf(
                        logged().map(message -> quoted(message.text())).collect(toSet()));
    }

    @Test
    void it_has_a_log_message_under_its_level() {
        assertThat(logged().filter(message -> !message.level().equals("LOG")))
                .allSatisfy(message -> assertThat(firstCells(message.level())).contains(quoted(message.text())));
    }

    @Test
    void no_log_escapes_it_by_another_name() {
        assertThat(sources()
                        .map(TroubleshootingTest::read)
                        .flatMap(source -> LOGGER.matcher(source).results().map(logger -> logger.group(1))))
                .isNotEmpty()
                .containsOnly("LOG");
    }

    @Test
    void it_has_every_refusal_of_the_admin_console_in_its_words() {
        var texts = load("admin-messages_en");

        assertThat(rows("What the admin console says").stream().collect(toMap(row -> row.get(0), row -> row.get(1))))
                .containsExactlyInAnyOrderEntriesOf(texts.stringPropertyNames().stream()
                        .collect(toMap(
                                TroubleshootingTest::quoted,
                                key -> MessageFormat.format(texts.getProperty(key), "…", "…", "…"))));
    }

    @Test
    void it_has_every_step_of_the_test_of_a_connection() {
        assertThat(firstCells("Steps of test-connection"))
                .containsExactlyElementsOf(STEP.matcher(read(ROOMS.resolve("federation/check/ConnectionStep.java")))
                        .results()
                        .map(step -> quoted(step.group(1)))
                        .toList());
    }

    @Test
    void it_has_every_result_of_a_sync() {
        assertThat(Stream.of("SyncRun.java", "FederationSync.java")
                        .flatMap(file -> RESULT.matcher(read(ROOMS.resolve("sync/" + file)))
                                .results())
                        .map(result -> quoted(result.group(1))))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(firstCells("Results of a sync")).contains(result));
    }

    @Test
    void each_row_tells_a_cause_and_a_cure() {
        assertThat(PAGE.headings().flatMap(heading -> rows(heading).stream()))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).noneMatch(String::isBlank));
    }

    private static String eventError(String kind) {
        return SignInError.of(FailureKind.valueOf(kind)).code();
    }

    private static String quoted(String text) {
        return '`' + text + '`';
    }

    private static List<String> firstCells(String heading) {
        return rows(heading).stream().map(row -> row.get(0)).toList();
    }

    /** {@return the cells of the table below a heading, without its head} */
    private static List<List<String>> rows(String heading) {
        var rows = new ArrayList<List<String>>();
        boolean below = false;
        for (var line : PAGE.lines()) {
            if (line.startsWith("#")) {
                below = line.replaceFirst("^#+ +", "").equals(heading);
            } else if (below && line.startsWith("|")) {
                rows.add(Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows.isEmpty() ? rows : rows.subList(2, rows.size());
    }

    private static Stream<Logged> logged() {
        return sources()
                .map(TroubleshootingTest::read)
                .flatMap(source -> LOGGED.matcher(source)
                        .results()
                        .map(call -> new Logged(call.group(1).toUpperCase(Locale.ROOT), text(source, call))));
    }

    // The first text after the call, with what is added to it, and with an ellipsis for each value.
    private static String text(String source, MatchResult call) {
        var text = TEXT.matcher(source);
        assertThat(text.find(call.end())).isTrue();
        return text.group()
                .replaceAll("\"\\s*\\+\\s*\"", "")
                .replaceAll("^\"|\"$", "")
                .replace("\\\"", "\"")
                .replaceAll("%[sd]", "…")
                .replace("%%", "%");
    }

    private static Stream<Path> sources() {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Properties load(String bundle) {
        var texts = new Properties();
        try (Reader reader = Files.newBufferedReader(MESSAGES.resolve(bundle + ".properties"))) {
            texts.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
    }
}
