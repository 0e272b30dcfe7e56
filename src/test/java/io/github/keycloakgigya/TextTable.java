package io.github.keycloakgigya;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table of Markdown whose columns line up on a screen too. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heads) {
        row(heads);
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    public String text() {
        var widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        var text = new StringBuilder(line(rows.get(0), widths));
        text.append(line(IntStream.of(widths).mapToObj("-"::repeat).toList(), widths));
        rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder("|");
        for (int column = 0; column < widths.length; column++) {
            line.append(' ')
                    .append(cells.get(column))
                    .append(" ".repeat(widths[column] - cells.get(column).length()))
                    .append(" |");
        }
        return line.append('\n').toString();
    }
}
