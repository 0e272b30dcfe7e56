package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
}
