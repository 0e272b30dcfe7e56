package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A column of a query.
 *
 * <p>The record does not say whether letter case matters when texts are compared. Here it does not for e-mail addresses
 * and login identifiers, as at a sign-in, and does for all other columns. Nor does it say what becomes of a field that
 * the site's schema doesn't know; here no account has a value in it.
 */
record SearchColumn(String name) {

    static final String PASSWORD_CREATED = "password.created";

    private static final Set<String> FLAGS = Set.of("isActive", "isRegistered", "isVerified");
    private static final Set<String> TEXTS = Set.of(
            "UID",
            PASSWORD_CREATED,
            "emails.verified",
            "emails.unverified",
            "loginIDs.username",
            "loginIDs.emails",
            "loginIDs.unverifiedEmails");
    /** What goes along with an account elsewhere; searches of few sites tell it. */
    private static final Set<String> LUGGAGE = Set.of("password", "identities", "lastLogin");

    private static final Set<String> SECTIONS =
            Set.of("profile", "data", "preferences", "groups", "emails", "loginIDs");
    private static final Pattern FIELD = Pattern.compile("(profile|data|preferences|groups)(\\.[A-Za-z0-9_$-]+)+");

    /** What {@code *} stands for: as in getAccountInfo, addresses and login identifiers only come when named. */
    static final List<SearchColumn> ALL = List.of(
                    "UID",
                    "isActive",
                    "isRegistered",
                    "isVerified",
                    "createdTimestamp",
                    "lastUpdatedTimestamp",
                    "oldestDataUpdatedTimestamp",
                    "registeredTimestamp",
                    "verifiedTimestamp",
                    "lastLoginTimestamp",
                    "profile",
                    "data")
            .stream()
            .map(SearchColumn::new)
            .toList();

    static SearchColumn of(String name) throws Refusal {
        if (FLAGS.contains(name)
                || TEXTS.contains(name)
                || SECTIONS.contains(name)
                || LUGGAGE.contains(name)
                || AccountDates.isTimestamp(name)
                || FIELD.matcher(name).matches()) {
            return new SearchColumn(name);
        }
        throw SearchTokens.refused("unknown field");
    }

    /** Refuses whole sections, and values of another kind than the column has. */
    void requireComparable(JsonNode literal) throws Refusal {
        boolean fits = FLAGS.contains(name)
                ? literal.isBoolean()
                : AccountDates.isTimestamp(name)
                        ? literal.isNumber()
                        : TEXTS.contains(name)
                                ? literal.isTextual()
                                : !SECTIONS.contains(name) && !LUGGAGE.contains(name);
        if (!fits) {
            throw SearchTokens.refused("a value of another type than the field's");
        }
    }

    void requireSortable() throws Refusal {
        if (SECTIONS.contains(name) || LUGGAGE.contains(name)) {
            throw SearchTokens.refused("a field that has no order");
        }
    }

    boolean isLuggage() {
        return LUGGAGE.contains(name);
    }

    boolean ignoresCase() {
        return name.equals("profile.email") || name.startsWith("emails.") || name.startsWith("loginIDs.");
    }

    Optional<JsonNode> value(SearchedRow row) {
        return row.value(name);
    }

    /** Writes the value to its place in a result, if there is one. */
    void write(SearchedRow row, ObjectNode result) {
        value(row).ifPresent(value -> {
            var path = name.split("\\.");
            var parent = result;
            for (int i = 0; i < path.length - 1; i++) {
                parent = parent.get(path[i]) instanceof ObjectNode object ? object : parent.putObject(path[i]);
            }
            parent.set(path[path.length - 1], value);
        });
    }
}
