package io.github.keycloakgigya.server;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A SQL statement that the server sent to its database; the log holds no values.
 *
 * @param kind its first word
 * @param tables the tables that it names, in upper case
 * @param text as Hibernate wrote it
 */
public record SqlStatement(Kind kind, Set<String> tables, String text) {

    /** The tables in which Keycloak keeps what it knows about a user. */
    public static final Set<String> USER_TABLES = Set.of(
            "USER_ENTITY",
            "USER_ATTRIBUTE",
            "USER_ROLE_MAPPING",
            "USER_GROUP_MEMBERSHIP",
            "USER_REQUIRED_ACTION",
            "USER_CONSENT",
            "CREDENTIAL",
            "FEDERATED_IDENTITY",
            "FED_USER_ATTRIBUTE");

    private static final Pattern TABLE =
            Pattern.compile("\\b(?:from|join|into|update)\\s+([A-Z_][A-Z0-9_]*)", Pattern.CASE_INSENSITIVE);

    /** What a statement does. */
    public enum Kind {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        OTHER;

        public static Kind of(String text) {
            String word = text.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
            for (Kind kind : values()) {
                if (kind.name().equals(word)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    public static SqlStatement parse(String text) {
        Set<String> tables = TABLE.matcher(text)
                .results()
                .map(found -> found.group(1).toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        return new SqlStatement(Kind.of(text), tables, text);
    }

    /** {@return whether it inserts, updates or deletes rows of one of these tables} */
    public boolean writesTo(Set<String> names) {
        return switch (kind) {
            case INSERT, UPDATE, DELETE -> names.contains(writtenTable());
            case SELECT, OTHER -> false;
        };
    }

    /** {@return whether it reads rows of this table} */
    public boolean reads(String name) {
        return kind == Kind.SELECT && tables.contains(name);
    }

    private String writtenTable() {
        Matcher first = TABLE.matcher(text);
        return first.find() ? first.group(1).toUpperCase(Locale.ROOT) : "";
    }
}
