package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a user name is made of an account: text with {@code ${ALIAS}}, {@code ${UID}} and fields in it.
 *
 * @param parts in their order
 */
record UsernameTemplate(List<Part> parts) {

    private static final String ALIAS = "ALIAS";
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^{}|]*)(?:\\|([^{}|]*))?}");

    /** A piece of a template. */
    private sealed interface Part {

        /** {@return what it becomes; empty where the account does not say} */
        Optional<String> text(BrokeredAccount account, String alias);
    }

    private record Literal(String text) implements Part {
        @Override
        public Optional<String> text(BrokeredAccount account, String alias) {
            return Optional.of(text);
        }
    }

    private record Alias(Change change) implements Part {
        @Override
        public Optional<String> text(BrokeredAccount account, String alias) {
            return Optional.of(change.of(alias));
        }
    }

    private record Field(GigyaField field, Change change) implements Part {
        @Override
        public Optional<String> text(BrokeredAccount account, String alias) {
            return account.values(field).stream().findFirst().map(change::of);
        }
    }

    /** What a template may do to a value, as in Keycloak's own template mappers. */
    private enum Change {
        NONE,
        // Keycloak's user names are in lower case, and Username makes them so without turning letters into others.
        LOWERCASE,
        UPPERCASE,
        LOCALPART;

        String of(String value) {
            var at = value.lastIndexOf('@');
            return this == LOCALPART && at >= 0 ? value.substring(0, at) : value;
        }

        static Change parse(String name) {
            return Arrays.stream(values())
                    .filter(change -> change != NONE && change.id().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + name.strip() + "' is none of " + names() + ", which can follow a |"));
        }

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static String names() {
            return Arrays.stream(values())
                    .filter(change -> change != NONE)
                    .map(Change::id)
                    .collect(Collectors.joining(", "));
        }
    }

    UsernameTemplate {
        parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException whose message tells an administrator what is wrong
     */
    static UsernameTemplate parse(String text) {
        var parts = new ArrayList<Part>();
        var end = 0;
        var substitution = SUBSTITUTION.matcher(text);
        while (substitution.find()) {
            parts.add(literal(text.substring(end, substitution.start())));
            parts.add(substitution(substitution.group(1).strip(), Optional.ofNullable(substitution.group(2))));
            end = substitution.end();
        }
        parts.add(literal(text.substring(end)));
        var template = new UsernameTemplate(parts);
        if (template.fields().isEmpty()) {
            throw new IllegalArgumentException("it names no field of the account, so all people would have one name");
        }
        return template;
    }

    private static Part literal(String text) {
        if (text.contains("${")) {
            throw new IllegalArgumentException("'${' is not followed by a name and '}'");
        }
        return new Literal(text);
    }

    private static Part substitution(String name, Optional<String> changeName) {
        var change = changeName.map(Change::parse).orElse(Change.NONE);
        return ALIAS.equals(name) ? new Alias(change) : new Field(GigyaField.parse(name), change);
    }

    Set<GigyaField> fields() {
        var fields = new LinkedHashSet<GigyaField>();
        parts.forEach(part -> {
            if (part instanceof Field field) {
                fields.add(field.field());
            }
        });
        return fields;
    }

    /**
     * {@return the name; empty where the account lacks a value that it is made of, or where it can't be a name}
     *
     * @param alias of the identity provider
     */
    Optional<Username> of(BrokeredAccount account, String alias) {
        var name = new StringBuilder();
        for (var part : parts) {
            var text = part.text(account, alias);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            name.append(text.get());
        }
        return Username.parse(name.toString());
    }
}
