package io.github.keycloakgigya.federation.settings;

import io.github.keycloakgigya.account.FieldMappings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.LinkedHashSet;
import java.util.Set;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.UserModel;

/**
 * The attributes of a federated user that only Gigya decides: what its mappings own, the user name, and everything that
 * begins with {@code gigya.}.
 *
 * @param mapped names of attributes
 */
public record ProtectedAttributes(Set<String> mapped) {

    private static final String PREFIX = "gigya.";

    // Where the settings can't be read, nobody knows what is mapped: what most map is not open to anybody then.
    private static final ProtectedAttributes OF_UNKNOWN_SETTINGS = new ProtectedAttributes(
            Set.of(UserModel.USERNAME, UserModel.EMAIL, UserModel.FIRST_NAME, UserModel.LAST_NAME));

    public ProtectedAttributes {
        mapped = Set.copyOf(mapped);
    }

    /** {@return those of a federation} */
    public static ProtectedAttributes of(StorageSettings settings) {
        return of(settings.mappings());
    }

    /** Reads the mappings alone: this is asked for with every user of a list. */
    public static ProtectedAttributes of(ComponentModel component) {
        try {
            return of(SettingsReader.ofComponent(component.getConfig()).fieldMappings());
        } catch (SettingsException wrong) {
            return OF_UNKNOWN_SETTINGS;
        }
    }

    private static ProtectedAttributes of(FieldMappings mappings) {
        var names = new LinkedHashSet<>(mappings.attributes());
        names.add(UserModel.USERNAME);
        return new ProtectedAttributes(names);
    }

    /** {@return whether nobody but Gigya writes an attribute} */
    public boolean contains(String name) {
        return name.startsWith(PREFIX) || mapped.contains(name);
    }
}
