package io.github.keycloakgigya;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says at the end of a build which test classes took the longest, so that somebody notices when the pace goes. */
public final class SlowestTests {

    private static final int MOST = 10;
    private static final List<String> REPORTS = List.of("surefire-reports", "failsafe-reports");
    // Maven's report of a class begins so.
    private static final Pattern SUITE =
            Pattern.compile("<testsuite [^>]* name=\"(?:[^\"]*\\.)?(\\w+)\" time=\"([0-9.]+)\"");

    private SlowestTests() {}

    /** How long the tests of a class took. */
    record Took(String testClass, double seconds) {}

    /**
     * Prints the ten slowest classes, and nothing where no test ran.
     *
     * @param arguments the build's directory, and when the build began (ISO 8601)
     */
    public static void main(String[] arguments) throws IOException {
        var reports = new ArrayList<String>();
        for (var folder : REPORTS) {
            reports.addAll(read(Path.of(arguments[0], folder), Instant.parse(arguments[1])));
        }
        report(reports).forEach(System.out::println);
    }

    private static List<String> read(Path folder, Instant since) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .filter(file -> isNewer(file, since))
                    .map(SlowestTests::firstLines)
                    .toList();
        }
    }

    private static boolean isNewer(Path file, Instant since) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(since);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLines(Path file) {
        try (var lines = Files.lines(file)) {
            return String.join("\n", lines.limit(2).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a heading, and a line for each of the slowest classes; nothing where there is no report} */
    static List<String> report(List<String> reports) {
        var slowest = reports.stream()
                .flatMap(report -> SUITE.matcher(report).results())
                .map(suite -> new Took(suite.group(1), Double.parseDouble(suite.group(2))))
                .sorted(Comparator.comparingDouble(Took::seconds).reversed())
                .limit(MOST)
                .toList();
        return slowest.isEmpty()
                ? List.of()
                : Stream.concat(
                                Stream.of("The slowest test classes:"),
                                slowest.stream().map(SlowestTests::line))
                        .toList();
    }

    private static String line(Took took) {
        return String.format(Locale.ROOT, "- %5.0f s  %s", took.seconds(), took.testClass());
    }
}
