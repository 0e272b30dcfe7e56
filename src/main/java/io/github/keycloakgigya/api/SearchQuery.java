package io.github.keycloakgigya.api;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query of {@code accounts.search}. Besides the fields it always asks for what tells an account's state:
 * {@code UID}, {@code isActive}, {@code isRegistered}, {@code emails}, {@code loginIDs} and {@code lastUpdatedTimestamp}.
 *
 * @param fields paths of the fields that are wanted
 * @param condition which accounts are wanted; empty means all
 * @param orderBy the column that orders the accounts, the lowest first; empty means any order
 * @param start how many accounts are left out at the beginning; 0 for a cursor
 * @param limit how many accounts an answer holds at most, from 1 to 1,000
 */
public record SearchQuery(
        Set<String> fields, Optional<SearchCondition> condition, Optional<String> orderBy, int start, int limit) {

    /** The column that tells when an account changed last, in milliseconds since 1970. */
    public static final String LAST_UPDATED = "lastUpdatedTimestamp";

    /** The column that tells when the password was set, as text; needs a key that may read passwords. */
    public static final String PASSWORD_CREATED = "password.created";

    /** The most accounts that one answer may hold. */
    public static final int MOST = 1000;

    private static final List<String> STATE =
            List.of("UID", "isActive", "isRegistered", "emails", "loginIDs", LAST_UPDATED);

    public SearchQuery {
        fields = Set.copyOf(fields);
        fields.forEach(SearchCondition::requireColumn);
        Objects.requireNonNull(condition, "condition");
        orderBy.ifPresent(SearchCondition::requireColumn);
        if (start < 0 || limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("start is at least 0, limit from 1 to " + MOST);
        }
    }

    /** {@return the query in Gigya's language} */
    public String text() {
        var columns = new LinkedHashSet<>(STATE);
        fields.stream().sorted().forEach(columns::add);
        var text =
                new StringBuilder("SELECT ").append(String.join(", ", columns)).append(" FROM accounts");
        condition.ifPresent(where -> text.append(" WHERE ").append(where.text()));
        orderBy.ifPresent(column -> text.append(" ORDER BY ").append(column).append(" ASC"));
        if (start > 0) {
            text.append(" START ").append(start);
        }
        return text.append(" LIMIT ").append(limit).toString();
    }

    /** Leaves the condition out, which may hold what a person typed. */
    @Override
    public String toString() {
        return "SearchQuery[fields=" + fields + ", orderBy=" + orderBy + ", start=" + start + ", limit=" + limit + "]";
    }

    /**
     * One answer of {@code accounts.search}.
     *
     * @param accounts those that could be read, in Gigya's order
     * @param unreadable how many more the answer holds whose UID, {@code isActive} or {@code isRegistered} is none
     * @param total how many accounts the whole query finds, as Gigya counts them
     * @param nextCursor what asks for the following page; empty where this is the last, or no cursor was opened
     * @param answeredAt when Gigya answered, by Gigya's clock
     */
    public record SearchPage(
            List<FoundAccount> accounts, int unreadable, long total, Optional<String> nextCursor, Instant answeredAt) {

        public SearchPage {
            accounts = List.copyOf(accounts);
            Objects.requireNonNull(nextCursor, "nextCursor");
            Objects.requireNonNull(answeredAt, "answeredAt");
        }

        /** {@return the same page with more of its accounts} */
        public SearchPage with(List<FoundAccount> more) {
            return new SearchPage(more, unreadable, total, nextCursor, answeredAt);
        }

        /** Leaves the accounts and the cursor out, so that no log shows them. */
        @Override
        public String toString() {
            return "SearchPage[accounts=" + accounts.size() + ", unreadable=" + unreadable + ", total=" + total + "]";
        }
    }

    /**
     * A condition of {@code accounts.search}, in Gigya's query language.
     *
     * <p>The language has no documented way to write a quotation mark or a backslash inside a text, so a condition on a text
     * that holds one can't be written, and no account is taken to meet it.
     */
    public static final class SearchCondition {

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
}
