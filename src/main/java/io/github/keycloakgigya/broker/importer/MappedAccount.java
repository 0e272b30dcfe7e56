package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.account.FieldMappings;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.StoredName.PersonName;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountEmail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.models.UserModel;

/**
 * An account by the names that Keycloak has for its fields.
 *
 * @param uid the account's UID
 * @param values of each field that the mappings name
 * @param mappings which fields become which attributes
 */
record MappedAccount(Uid uid, Function<GigyaField, List<String>> values, FieldMappings mappings) {

    private static final Set<String> PROPERTIES =
            Set.of(UserModel.USERNAME, UserModel.EMAIL, UserModel.FIRST_NAME, UserModel.LAST_NAME);

    /** {@return whether an attribute of that name is mapped} */
    boolean maps(String attribute) {
        return mappings.maps(attribute);
    }

    /** {@return whether the account has an e-mail address at all} Its user may have it only by {@link AccountEmail}. */
    boolean hasEmail() {
        return AccountEmail.stored(values(UserModel.EMAIL)).isPresent();
    }

    /** {@return a name; empty where there is none, or it is not mapped} */
    Optional<String> name(String attribute) {
        return PersonName.of(values(attribute)).map(PersonName::text);
    }

    /** {@return the values of what is mapped besides a user's own properties; empty ones where there are none} */
    Map<String, List<String>> attributes() {
        var attributes = new LinkedHashMap<String, List<String>>();
        mappings.attributes().stream()
                .filter(name -> !PROPERTIES.contains(name))
                .forEach(name -> attributes.put(name, values(name)));
        return attributes;
    }

    /** {@return all values of a mapped attribute; empty where the account has none, or it is not mapped} */
    List<String> values(String attribute) {
        return mappings.fieldOf(attribute).map(values).orElse(List.of());
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "MappedAccount[]";
    }
}
