package io.github.keycloakgigya;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command that a document shows is run by something: {@code src/test/resources/commands.txt} says by what, one line
 * for each heading that has commands below it, or one for each of its blocks. What no machine can run, such as the push of a tag, stands there
 * too, with the reason.
 */
class CommandsTest {

    private static final Path REGISTRY = Path.of("src/test/resources/commands.txt");
    private static final String COMMANDS = "sh";
    private static final String NOBODY = "nobody: ";

    // The shell's own printf is no process whose arguments ps could show.
    private static final Pattern SECRET_ARGUMENT =
            Pattern.compile("(?<!printf %s \")\\$\\{?\\w*(?:SECRET|PASSWORD|TOKEN|ASSERTION|UID_SIGNATURE)\\b");

    /**
     * Where commands stand.
     *
     * @param page the document
     * @param heading the last one above them
     */
    private record Place(String page, String heading) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return page + " | " + heading;
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_block_of_code_names_its_language_and_commands_are_sh(Document document) {
        assertThat(document.blocks())
                .allSatisfy(block -> assertThat(block.language())
                        .as("under \"%s\"; what is neither code nor commands is \"text\"", block.heading())
                        .isNotEmpty()
                        .isNotIn("bash", "shell", "console", "zsh"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void no_secret_is_an_argument_that_others_on_the_machine_can_see(Document document) {
        assertThat(commandsOf(document))
                .allSatisfy(
                        block -> assertThat(String.join("\n", block.lines())).doesNotContainPattern(SECRET_ARGUMENT));
    }

    @Test
    void every_block_of_commands_is_run_by_something() {
        assertThat(registry().keySet())
                .as("%s, one line for each heading with commands: page | heading | test or script", REGISTRY)
                .isEqualTo(places());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void who_runs_the_commands_knows_them(Document document) {
        var runners = registry();
        var blocks = commandsOf(document)
                .collect(Collectors.groupingBy(block -> new Place(document.path(), block.heading())));

        blocks.forEach((place, below) -> {
            var named = runners.getOrDefault(place, List.of());
            assertThat(named.size())
                    .as("%s: one line for all of its blocks, or one for each", place)
                    .isIn(1, below.size());
            for (int block = 0; block < below.size(); block++) {
                assertRun(place, below.get(block), named.get(named.size() == 1 ? 0 : block));
            }
        });
    }

    private static void assertRun(Place place, Document.Block block, String runner) {
        if (runner.startsWith(NOBODY)) {
            assertThat(runner.substring(NOBODY.length()))
                    .as("why nothing runs \"%s\"", place)
                    .hasSizeGreaterThan(20);
        } else if (runner.endsWith("IT") || runner.endsWith("Test")) {
            assertThat(sourceOf(runner))
                    .as("%s of \"%s\" reads the document: it names it, or the heading", runner, place)
                    .containsAnyOf(place.page(), '"' + place.heading() + '"');
        } else {
            var script = commandsIn(linesOf(Path.of(runner)));
            assertThat(commandsIn(block.lines()))
                    .allSatisfy(command -> assertThat(script)
                            .as("a line of %s with all words of \"%s\" of \"%s\"", runner, command, place)
                            .anyMatch(line -> words(line).containsAll(words(command))));
        }
    }

    private static List<Document> documents() {
        return Document.all();
    }

    private static Set<Place> places() {
        return Document.all().stream()
                .flatMap(document -> commandsOf(document).map(block -> new Place(document.path(), block.heading())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Document.Block> commandsOf(Document document) {
        return document.blocks().stream().filter(block -> block.language().equals(COMMANDS));
    }

    private static Map<Place, List<String>> registry() {
        return linesOf(REGISTRY).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(CommandsTest::cells)
                .collect(Collectors.groupingBy(
                        cells -> new Place(cells[0], cells[1]),
                        Collectors.mapping(cells -> cells[2], Collectors.toList())));
    }

    private static String[] cells(String line) {
        var cells = line.split(" *\\| *");
        assertThat(cells).as("page | heading | who runs it").hasSize(3);
        return cells;
    }

    // A command goes on after a backslash; a comment is none.
    private static List<String> commandsIn(List<String> lines) {
        var text = lines.stream().map(String::strip).collect(joining("\n")).replace("\\\n", " ");
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static Set<String> words(String command) {
        return Arrays.stream(command.strip().split("\\s+")).collect(Collectors.toSet());
    }

    private static String sourceOf(String test) {
        return Sources.files().stream()
                .filter(file -> file.endsWith(test + ".java"))
                .map(file -> String.join("\n", linesOf(file)))
                .collect(joining());
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
