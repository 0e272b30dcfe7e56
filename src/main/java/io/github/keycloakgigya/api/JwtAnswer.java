package io.github.keycloakgigya.api;

import java.util.Objects;
import java.util.Set;

/**
 * What {@code accounts.getJWT} answered.
 *
 * @param idToken the token, not verified yet
 * @param ignoredFields requested fields that the site does not know
 */
public record JwtAnswer(String idToken, Set<String> ignoredFields) {

    public JwtAnswer {
        Objects.requireNonNull(idToken, "idToken");
        ignoredFields = Set.copyOf(ignoredFields);
    }

    /** Leaves the token out, so that no log shows it. */
    @Override
    public String toString() {
        return "JwtAnswer[ignoredFields=" + ignoredFields + "]";
    }
}
