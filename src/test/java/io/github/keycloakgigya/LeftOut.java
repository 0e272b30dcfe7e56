package io.github.keycloakgigya;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says at the end of a build which tests were left out and why: among the lines of hundreds of others nobody sees it. */
public final class LeftOut {

    /** Where the test runs of one build write down what they leave out, below the build's directory. */
    static final Path NOTES = Path.of("left-out", "tests.txt");

    private LeftOut() {}

    /**
     * A test, or all of a class, that was left out.
     *
     * @param reason what is missing
     * @param testClass the simple name of its class
     * @param whole whether all of the class, or all of a test's cases, were left out at once
     */
    record Note(String reason, String testClass, boolean whole) {

        private static final String BETWEEN = "\t";

        static Note of(String line) {
            var parts = line.split(BETWEEN, 3);
            return new Note(parts[2], parts[1], Boolean.parseBoolean(parts[0]));
        }

        String line() {
            var oneLine = reason.replaceAll("\\s+", " ").strip();
            return whole + BETWEEN + testClass + BETWEEN + oneLine + "\n";
        }
    }

    /**
     * Prints a line for each reason, and nothing where every test ran.
     *
     * @param arguments the build's directory
     */
    public static void main(String[] arguments) throws IOException {
        var notes = Path.of(arguments[0]).resolve(NOTES);
        if (Files.exists(notes)) {
            report(Files.readAllLines(notes)).forEach(System.out::println);
        }
    }

    /** {@return a heading, and a line for each reason; nothing where nothing was left out} */
    static List<String> report(List<String> lines) {
        var byReason = lines.stream()
                .map(Note::of)
                .collect(Collectors.groupingBy(Note::reason, LinkedHashMap::new, Collectors.toList()));
        if (byReason.isEmpty()) {
            return List.of();
        }
        var report = new ArrayList<String>();
        report.add("Left out of this build's tests:");
        byReason.forEach((reason, notes) -> report.add("- " + tests(notes) + ", because " + reason));
        return report;
    }

    private static String tests(List<Note> notes) {
        Map<String, List<Note>> byClass =
                notes.stream().collect(Collectors.groupingBy(Note::testClass, LinkedHashMap::new, Collectors.toList()));
        return byClass.entrySet().stream()
                .map(of -> of.getKey() + count(of.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String count(List<Note> notes) {
        if (notes.stream().anyMatch(Note::whole)) {
            return "";
        }
        return notes.size() == 1 ? " (1 test)" : " (" + notes.size() + " tests)";
    }
}
