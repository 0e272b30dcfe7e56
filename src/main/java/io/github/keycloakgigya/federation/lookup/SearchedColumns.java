package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/**
 * Where in an account the attributes of its user come from.
 *
 * @param settings of the federation
 */
record SearchedColumns(StorageSettings settings) {

    private static final String UID = GigyaField.UID.path();

    /** {@return whether an account's user has this user name or e-mail address; empty where no query can say so} */
    Optional<SearchCondition> isName(String name) {
        return anyOf(Stream.concat(username(), email()).toList(), column -> SearchCondition.isText(column, name));
    }

    /** {@return whether a name is one that no other account has; empty where no query can say so} */
    Optional<SearchCondition> isOwn(String name) {
        return anyOf(
                List.of("emails.verified", "loginIDs.emails", "loginIDs.username", UID),
                column -> SearchCondition.isText(column, name));
    }

    /** {@return whether an attribute is exactly this; empty where no account can meet it} */
    Optional<SearchCondition> is(String attribute, String value) {
        return anyOf(of(attribute).toList(), column -> SearchCondition.isText(column, value));
    }

    /** {@return whether an attribute contains this; empty where no account can meet it} */
    Optional<SearchCondition> contains(String attribute, String value) {
        return anyOf(of(attribute).toList(), column -> part(column, value));
    }

    /** {@return whether what a person is known by is exactly this; empty where no account can meet it} */
    Optional<SearchCondition> isAnything(String value) {
        return anyOf(known().toList(), column -> SearchCondition.isText(column, value));
    }

    /** {@return whether what a person is known by contains this; empty where no account can meet it} */
    Optional<SearchCondition> anythingContains(String value) {
        return anyOf(known().toList(), column -> part(column, value));
    }

    private Stream<String> of(String attribute) {
        return switch (attribute) {
            case UserModel.USERNAME -> username();
            case FederatedUser.UID -> Stream.of(UID);
            default -> field(attribute);
        };
    }

    private Stream<String> known() {
        return Stream.of(username(), email(), field(UserModel.FIRST_NAME), field(UserModel.LAST_NAME))
                .flatMap(columns -> columns)
                .distinct();
    }

    // The UID is the name of an account that has no other.
    private Stream<String> username() {
        var field = settings.mappings().fieldOf(UserModel.USERNAME).orElse(settings.usernameField());
        return Stream.of(field.path(), UID).distinct();
    }

    private Stream<String> email() {
        return field(UserModel.EMAIL);
    }

    private Stream<String> field(String attribute) {
        return settings
                .mappings()
                .fieldOf(attribute)
                // Not all others can be searched, and those that can are mostly flags, which no text is equal to.
                .filter(field -> field.section().isEmpty())
                .map(GigyaField::path)
                .stream();
    }

    // A UID is no text that a part could be known of.
    private static Optional<SearchCondition> part(String column, String value) {
        return column.equals(UID) ? SearchCondition.isText(column, value) : SearchCondition.containsText(column, value);
    }

    private static Optional<SearchCondition> anyOf(
            Collection<String> columns, Function<String, Optional<SearchCondition>> condition) {
        var conditions = columns.stream()
                .distinct()
                .map(condition)
                .flatMap(Optional::stream)
                .toArray(SearchCondition[]::new);
        return conditions.length == 0 ? Optional.empty() : Optional.of(SearchCondition.anyOf(conditions));
    }

    /**
     * What an administrator looks for in a list of users.
     *
     * @param isAnswerable whether Gigya can be asked at all: some things only Keycloak knows, or nobody
     * @param condition that accounts have to meet; empty means all
     */
    record UserQuery(boolean isAnswerable, Optional<SearchCondition> condition) {

        private static final UserQuery NOTHING = new UserQuery(false, Optional.empty());

        // They say how to search, not what for.
        private static final Set<String> MANNERS = Set.of(UserModel.EXACT, UserModel.INCLUDE_SERVICE_ACCOUNT);
        private static final Set<String> INFIX =
                Set.of(UserModel.USERNAME, UserModel.EMAIL, UserModel.FIRST_NAME, UserModel.LAST_NAME);

        /** {@return whether all accounts are wanted} */
        boolean isUnfiltered() {
            return isAnswerable && condition.isEmpty();
        }

        /** Reads the parameters of {@code UserQueryMethodsProvider.searchForUserStream}. */
        static UserQuery of(Map<String, String> parameters, StorageSettings settings) {
            var columns = new SearchedColumns(settings);
            var exact = Boolean.parseBoolean(parameters.get(UserModel.EXACT));
            var conditions = new ArrayList<Optional<SearchCondition>>();
            parameters.forEach((name, value) -> {
                if (name.equals(UserModel.SEARCH)) {
                    words(value).map(word -> word(word, columns)).forEach(conditions::add);
                } else if (name.equals(UserModel.ENABLED)) {
                    conditions.add(Optional.of(SearchCondition.isFlag("isActive", Boolean.parseBoolean(value))));
                } else if (INFIX.contains(name) && !exact) {
                    parts(value).map(part -> columns.contains(name, part)).forEach(conditions::add);
                } else if (!MANNERS.contains(name)) {
                    conditions.add(columns.is(name, value));
                }
            });
            return all(conditions);
        }

        /** {@return the one text that is looked for, in whatever it stands or exactly as the user name; empty for other queries} */
        static Optional<String> soleText(Map<String, String> parameters) {
            var subjects = parameters.keySet().stream()
                    .filter(name -> !MANNERS.contains(name))
                    .toList();
            var exact = Boolean.parseBoolean(parameters.get(UserModel.EXACT));
            return subjects.equals(List.of(UserModel.SEARCH)) || exact && subjects.equals(List.of(UserModel.USERNAME))
                    ? Optional.ofNullable(parameters.get(subjects.get(0)))
                    : Optional.empty();
        }

        /** {@return whether Keycloak's own tables show a user for a text} */
        static boolean isShownBy(UserModel user, String text) {
            var part = text.strip().toLowerCase(Locale.ROOT);
            return Stream.of(user.getUsername(), user.getEmail(), user.getFirstName(), user.getLastName())
                    .filter(Objects::nonNull)
                    .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(part));
        }

        private static UserQuery all(List<Optional<SearchCondition>> conditions) {
            if (conditions.stream().anyMatch(Optional::isEmpty)) {
                return NOTHING;
            }
            var all = conditions.stream().flatMap(Optional::stream).toArray(SearchCondition[]::new);
            return new UserQuery(true, all.length == 0 ? Optional.empty() : Optional.of(SearchCondition.allOf(all)));
        }

        private static Stream<String> words(String search) {
            return Stream.of(search.strip().split("\\s+")).filter(word -> !word.isEmpty() && !isWildcard(word));
        }

        private static Optional<SearchCondition> word(String word, SearchedColumns columns) {
            if (word.length() > 2 && word.startsWith("\"") && word.endsWith("\"")) {
                return columns.isAnything(word.substring(1, word.length() - 1));
            }
            // An account that has each part somewhere; Gigya has no way to ask for a beginning.
            var parts = parts(word).map(columns::anythingContains).toList();
            return all(parts).condition();
        }

        private static Stream<String> parts(String value) {
            return Stream.of(value.split("\\*"))
                    .map((UnaryOperator<String>) String::strip)
                    .filter(part -> !part.isEmpty());
        }

        private static boolean isWildcard(String word) {
            return word.chars().allMatch(c -> c == '*');
        }

        /** Leaves the condition out, which may hold what a person typed. */
        @Override
        public String toString() {
            return "UserQuery[isAnswerable=" + isAnswerable + "]";
        }
    }
}
