package io.github.keycloakgigya.leaving;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes lines of RFC 4180 that no spreadsheet takes for formulas. */
final class Csv {

    // What begins so is a formula to one spreadsheet or another; the last four are full-width, as in Japanese.
    private static final String FORMULAS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private Csv() {}

    static String line(String... values) {
        return Stream.of(values).map(Csv::value).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String value(String text) {
        var harmless = text.isEmpty() || FORMULAS.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
