package io.github.keycloakgigya.account;

import java.util.List;
import java.util.Optional;

/**
 * A first or last name as Keycloak stores it.
 *
 * @param text at most 255 characters
 */
public record PersonName(String text) {

    // The length of Keycloak's columns for names.
    private static final int COLUMN_LENGTH = 255;

    /** {@return the name that a field's values stand for, cut where it is too long; empty where there is none} */
    public static Optional<PersonName> of(List<String> values) {
        return values.stream()
                .findFirst()
                .map(name -> new PersonName(name.length() <= COLUMN_LENGTH ? name : name.substring(0, COLUMN_LENGTH)));
    }

    /** Leaves the name out, so that no log shows it. */
    @Override
    public String toString() {
        return "PersonName[]";
    }
}
