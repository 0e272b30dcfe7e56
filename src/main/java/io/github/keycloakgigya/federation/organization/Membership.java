package io.github.keycloakgigya.federation.organization;

import java.util.Optional;

/**
 * A membership in an organization of the realm, or in a group of one.
 *
 * @param organization its id
 * @param group the group's id; empty for the organization itself
 */
record Membership(String organization, Optional<String> group) {

    private static final String BETWEEN = "/";

    /** {@return what a text that is kept with a user stands for} */
    static Membership of(String text) {
        var parts = text.split(BETWEEN, 2);
        return new Membership(parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
    }

    /** {@return what is kept with a user: short, and of ids that never change} */
    String text() {
        return group.map(id -> organization + BETWEEN + id).orElse(organization);
    }
}
