package io.github.keycloakgigya.api;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code accounts.getJWT} is asked for.
 *
 * @param targetUid the UID of the account
 * @param fields paths of {@code profile} and {@code data} fields to put into the token, as in {@code profile.firstName}
 * @param expiration how long the token is to be valid; whole seconds, at least one
 * @param audience the token's {@code aud}
 */
public record GetJwtRequest(Uid targetUid, List<String> fields, Duration expiration, Optional<String> audience) {

    public GetJwtRequest {
        Objects.requireNonNull(targetUid, "targetUid");
        fields = List.copyOf(fields);
        Objects.requireNonNull(audience, "audience");
        if (expiration.toSeconds() < 1) {
            throw new IllegalArgumentException("expiration is at least one second");
        }
        if (fields.stream().anyMatch(field -> field.isBlank() || field.contains(","))) {
            throw new IllegalArgumentException("a field is neither blank nor a list");
        }
    }

    /** Leaves the UID out, which is an e-mail address at some sites, so that no log shows it. */
    @Override
    public String toString() {
        return "GetJwtRequest[fields=" + fields + "]";
    }

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
}
