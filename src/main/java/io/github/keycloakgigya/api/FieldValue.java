package io.github.keycloakgigya.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds a field in the sections of an account. */
final class FieldValue {

    private static final String ORGANIZATIONS = "groups.organizations";
    private static final String OF_EACH = ORGANIZATIONS + ".";

    private FieldValue() {}

    /**
     * {@return what stands at a path, null where nothing does} A path into the list of organizations leads to a list of
     * what stands there in each of them; one into any other list leads nowhere.
     */
    static Object at(String path, Map<?, ?> sections) {
        return path.startsWith(OF_EACH)
                ? ofEach(path.substring(OF_EACH.length()), single(ORGANIZATIONS, sections))
                : single(path, sections);
    }

    /** {@return the time in ISO 8601 that stands at a path; empty where none does} */
    static Optional<Instant> time(String path, Map<?, ?> sections) {
        return at(path, sections) instanceof String text ? GigyaTime.of(text) : Optional.empty();
    }

    private static Object single(String path, Map<?, ?> sections) {
        Object value = sections;
        for (var name : path.split("\\.")) {
            value = value instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return value;
    }

    private static Object ofEach(String name, Object organizations) {
        if (!(organizations instanceof Collection<?> list)) {
            return null;
        }
        var found = new ArrayList<Object>();
        list.stream()
                .map(element -> element instanceof Map<?, ?> organization ? organization.get(name) : null)
                .filter(Objects::nonNull)
                .forEach(element -> {
                    if (element instanceof Collection<?> several) {
                        found.addAll(several);
                    } else {
                        found.add(element);
                    }
                });
        return found;
    }
}
