package io.github.keycloakgigya;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of the repository, as its tests read it.
 *
 * @param path from the repository's root, with slashes
 * @param lines from top to bottom
 */
record Document(String path, List<String> lines) {

    /** A line that opens or closes a block of code; also one that is indented, as in a list. */
    private static final Pattern FENCE = Pattern.compile("^ *```+(.*)$");

    private static final Pattern HEADING = Pattern.compile("^#+ +(.+?) *$");
    private static final Set<String> OTHERS = Set.of(".git", "target", "node_modules");

    /**
     * A block of code.
     *
     * @param heading the last one above it; empty where there is none
     * @param language what the fence says; empty where it says nothing
     * @param lines the code
     */
    record Block(String heading, String language, List<String> lines) {}

    /** {@return every document of the repository, in the order of their paths} */
    static List<Document> all() {
        try (var top = Files.list(Path.of(""))) {
            return top.filter(file -> !OTHERS.contains(file.toString()))
                    .flatMap(Document::below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Document::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> below(Path file) {
        try (var files = Files.walk(file)) {
            return files.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return the document at a path} */
    static Document read(Path path) {
        try {
            return new Document(path.toString().replace('\\', '/'), Files.readAllLines(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return its blocks of code, from top to bottom} */
    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        var heading = "";
        for (int line = 0; line < lines.size(); line++) {
            var fence = FENCE.matcher(lines.get(line));
            var title = HEADING.matcher(lines.get(line));
            if (fence.matches()) {
                int end = line + 1;
                while (end < lines.size() && !FENCE.matcher(lines.get(end)).matches()) {
                    end++;
                }
                blocks.add(new Block(heading, fence.group(1).strip(), lines.subList(line + 1, end)));
                line = end;
            } else if (title.matches()) {
                heading = title.group(1);
            }
        }
        return blocks;
    }

    /** {@return the lines that are no code} */
    Stream<String> prose() {
        var prose = new ArrayList<String>();
        boolean code = false;
        for (var line : lines) {
            if (FENCE.matcher(line).matches()) {
                code = !code;
            } else if (!code) {
                prose.add(line);
            }
        }
        return prose.stream();
    }

    /** {@return its headings, from top to bottom} */
    Stream<String> headings() {
        return prose().map(HEADING::matcher)
                .filter(heading -> heading.matches())
                .map(heading -> heading.group(1));
    }

    /** {@return its whole text} */
    String text() {
        return String.join("\n", lines);
    }

    @Override
    public String toString() {
        return path;
    }
}
