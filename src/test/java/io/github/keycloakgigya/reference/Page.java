package io.github.keycloakgigya.reference;

import java.nio.file.Path;
import java.util.List;

/** A page below {@code docs/reference}, while it is being made. */
final class Page {

    static final Path FOLDER = Path.of("docs/reference");

    private final Path file;
    private final StringBuilder text = new StringBuilder();

    Page(String file, String title, String introduction) {
        this.file = FOLDER.resolve(file);
        text.append("# ").append(title).append("\n\n");
        text.append("<!-- Made from the code by `")
                .append(ReferenceTest.COMMAND)
                .append("`: change nothing here. -->\n\n");
        text.append(introduction.strip()).append('\n');
    }

    Path file() {
        return file;
    }

    Page heading(String heading, String introduction) {
        text.append("\n## ").append(heading).append('\n');
        if (!introduction.isEmpty()) {
            text.append('\n').append(introduction.strip()).append('\n');
        }
        return this;
    }

    Page table(List<String> heads, List<List<String>> rows) {
        text.append('\n').append(line(heads));
        text.append("|").append(" --- |".repeat(heads.size())).append('\n');
        rows.forEach(row -> text.append(line(row)));
        return this;
    }

    private static String line(List<String> cells) {
        var line = new StringBuilder("|");
        cells.forEach(cell -> line.append(
                        cell.isEmpty() ? " " : " " + cell.replace("|", "\\|").replace("\n", " ") + " ")
                .append('|'));
        return line.append('\n').toString();
    }

    static String code(String name) {
        return name.isEmpty() ? "" : '`' + name + '`';
    }

    String text() {
        return text.toString();
    }
}
