package io.github.keycloakgigya.storage;

import java.util.HashSet;
import java.util.Set;
import org.keycloak.models.UserModel;

/**
 * The attributes of a federated user that only Gigya decides: what its mappings own, the user name, and everything that
 * begins with {@code gigya.}.
 *
 * @param mapped names of attributes
 */
record ProtectedAttributes(Set<String> mapped) {

    private static final String PREFIX = "gigya.";

    /** Where the settings can't be read, nobody knows what is mapped. */
    static final ProtectedAttributes OF_UNKNOWN_SETTINGS = new ProtectedAttributes(Set.of());

    ProtectedAttributes {
        mapped = Set.copyOf(mapped);
    }

    static ProtectedAttributes of(StorageSettings settings) {
        var names = new HashSet<>(settings.mappings().attributes());
        names.add(UserModel.USERNAME);
        return new ProtectedAttributes(names);
    }

    boolean contains(String name) {
        return name.startsWith(PREFIX) || mapped.contains(name);
    }
}
