package io.github.keycloakgigya.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What people wrote about the messages and names of the code: why one shows, and what to do. */
final class Remarks {

    static final Path FILE = Path.of("src/test/resources/reference/remarks.txt");
    private static final String SEPARATOR = " \\| ";

    private final Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> unused = new LinkedHashMap<>();

    Remarks() {
        var section = "";
        for (var line : lines()) {
            if (line.startsWith("# ")) {
                section = line.substring(2);
            } else if (!section.isEmpty() && !line.isBlank()) {
                var cells = Arrays.asList(line.split(SEPARATOR, -1));
                sections.computeIfAbsent(section, name -> new LinkedHashMap<>())
                        .put(cells.get(0), cells.subList(1, cells.size()));
                unused.computeIfAbsent(section, name -> new TreeSet<>()).add(cells.get(0));
            }
        }
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * {@return names of the code in the order of the remarks, those without one last}
     *
     * @param names each once
     */
    List<String> ordered(String section, Iterable<String> names) {
        var known = new ArrayList<>(of(section).keySet());
        var ordered = new ArrayList<String>();
        names.forEach(ordered::add);
        ordered.sort((one, other) -> Integer.compare(place(known, one), place(known, other)));
        return ordered;
    }

    private static int place(List<String> known, String name) {
        var place = known.indexOf(name);
        return place < 0 ? known.size() : place;
    }

    /** {@return every name that a section speaks of} */
    List<String> names(String section) {
        return List.copyOf(of(section).keySet());
    }

    /** {@return the cells about a name, empty ones where nobody wrote any} */
    List<String> about(String section, String name, int cells) {
        unused.getOrDefault(section, new TreeSet<>()).remove(name);
        var remark = new ArrayList<>(of(section).getOrDefault(name, List.of()));
        while (remark.size() < cells) {
            remark.add("");
        }
        return remark;
    }

    private Map<String, List<String>> of(String section) {
        return sections.getOrDefault(section, Map.of());
    }

    /** {@return remarks about what is not in the code, by sections} */
    Map<String, TreeSet<String>> unused() {
        unused.values().removeIf(TreeSet::isEmpty);
        return unused;
    }
}
