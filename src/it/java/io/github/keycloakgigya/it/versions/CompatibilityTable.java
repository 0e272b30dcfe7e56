package io.github.keycloakgigya.it.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of {@code docs/compatibility.md}, which {@link CompatibilityIT} writes. */
final class CompatibilityTable {

    static final Path DOCUMENT = Path.of("docs", "compatibility.md");

    static final String WORKS = "yes";
    /** Stands where a version was named since the last run, and nobody has run it yet. */
    static final String NOT_TRIED = "not tried";

    private static final String BEGIN = "<!-- CompatibilityIT writes from here -->\n";
    private static final String END = "<!-- to here -->\n";

    private final String before;
    private final List<Row> rows;
    private final String after;

    private CompatibilityTable(String before, List<Row> rows, String after) {
        this.before = before;
        this.rows = rows;
        this.after = after;
    }

    /**
     * What was found on one server.
     *
     * @param keycloak its version
     * @param java the version of its Java, such as {@code 21.0.9}
     * @param cells one for each of {@link Essential}
     */
    record Row(String keycloak, String java, List<String> cells) {

        /** {@return the row of a server where these worked} */
        static Row of(String keycloak, String java, Set<Essential> working) {
            return new Row(
                    keycloak,
                    java,
                    Stream.of(Essential.values())
                            .map(essential -> working.contains(essential) ? WORKS : "**no**")
                            .toList());
        }

        private static Row of(String line) {
            var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            return new Row(cells.get(1), cells.get(2), cells.subList(3, cells.size()));
        }

        Combination combination() {
            return new Combination(keycloak, Integer.parseInt(java.split("[.+-]", 2)[0]));
        }

        String line() {
            return Stream.concat(Stream.of(keycloak, java), cells.stream())
                    .collect(Collectors.joining(" | ", "| ", " |\n"));
        }
    }

    static CompatibilityTable read() throws IOException {
        var text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END, begin);
        if (begin < BEGIN.length() || end < 0) {
            throw new IllegalStateException(DOCUMENT + " has no place for the table");
        }
        var rows = text.substring(begin, end)
                .lines()
                // The heading and the line below it.
                .skip(2)
                .map(Row::of)
                .toList();
        return new CompatibilityTable(text.substring(0, begin), rows, text.substring(end));
    }

    List<Row> rows() {
        return rows;
    }

    /** {@return this with a row in the place of the one of the same combination} */
    CompatibilityTable with(Row row) {
        var all = new ArrayList<>(rows);
        all.removeIf(other -> other.combination().equals(row.combination()));
        all.add(row);
        all.sort(Comparator.comparing(Row::keycloak)
                .thenComparing(other -> other.combination().java()));
        return new CompatibilityTable(before, List.copyOf(all), after);
    }

    /** {@return the whole document} */
    String text() {
        var titles = Stream.of(Essential.values()).map(Essential::title).toList();
        var heading = new Row("Keycloak", "Java", titles);
        var line = new Row("---", "---", titles.stream().map(title -> "---").toList());
        return Stream.concat(Stream.of(heading, line), rows.stream())
                .map(Row::line)
                .collect(Collectors.joining("", before, after));
    }

    void write() throws IOException {
        Files.writeString(DOCUMENT, text());
    }
}
