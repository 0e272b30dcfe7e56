package io.github.keycloakgigya.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition of {@code accounts.search}, in Gigya's query language.
 *
 * <p>The language has no documented way to write a quotation mark or a backslash inside a text, so a condition on a text
 * that holds one can't be written, and no account is taken to meet it.
 */
public final class SearchCondition {

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z][A-Za-z0-9_$-]*(\\.[A-Za-z0-9_$-]+)*");
    private static final int LONGEST_TEXT = 1000;

    private final String text;

    private SearchCondition(String text) {
        this.text = text;
    }

    /** {@return that a field is exactly this text; empty where no query can say so} */
    public static Optional<SearchCondition> isText(String column, String value) {
        return comparison(column, "=", value);
    }

    /** {@return that a field contains this text; empty where no query can say so} */
    public static Optional<SearchCondition> containsText(String column, String value) {
        return comparison(column, "CONTAINS", value);
    }

    /** {@return that a field is exactly one of these texts; empty where no query can say so} */
    public static Optional<SearchCondition> isOneOf(String column, Collection<String> values) {
        requireColumn(column);
        if (values.isEmpty() || !values.stream().allMatch(SearchCondition::isQuotable)) {
            return Optional.empty();
        }
        return Optional.of(new SearchCondition(column
                + values.stream().map(value -> '"' + value + '"').collect(Collectors.joining(",", " in (", ")"))));
    }

    /** {@return that a time, in milliseconds since 1970, is not before another} */
    public static SearchCondition isAtLeast(String column, long millis) {
        return new SearchCondition(requireColumn(column) + " >= " + millis);
    }

    /** {@return that a flag has this value} */
    public static SearchCondition isFlag(String column, boolean value) {
        return new SearchCondition(requireColumn(column) + " = " + value);
    }

    /** {@return that one of several conditions holds} */
    public static SearchCondition anyOf(SearchCondition... conditions) {
        return joined(" OR ", conditions);
    }

    /** {@return that all of several conditions hold} */
    public static SearchCondition allOf(SearchCondition... conditions) {
        return joined(" AND ", conditions);
    }

    private static SearchCondition joined(String operator, SearchCondition... conditions) {
        if (conditions.length == 0) {
            throw new IllegalArgumentException("at least one condition");
        }
        return conditions.length == 1
                ? conditions[0]
                : new SearchCondition(Arrays.stream(conditions)
                        .map(condition -> condition.text)
                        .collect(Collectors.joining(operator, "(", ")")));
    }

    private static Optional<SearchCondition> comparison(String column, String operator, String value) {
        Objects.requireNonNull(value, "value");
        requireColumn(column);
        if (!isQuotable(value)) {
            return Optional.empty();
        }
        return Optional.of(new SearchCondition(column + " " + operator + " \"" + value + "\""));
    }

    private static boolean isQuotable(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST_TEXT
                && value.codePoints().noneMatch(c -> c == '"' || c == '\\' || isInvisible(c));
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    static String requireColumn(String column) {
        if (!COLUMN.matcher(column).matches()) {
            throw new IllegalArgumentException("not a field: " + column);
        }
        return column;
    }

    /** {@return the condition in the query language} */
    public String text() {
        return text;
    }

    /** Leaves the text out, which may be a person's. */
    @Override
    public String toString() {
        return "SearchCondition[]";
    }
}
