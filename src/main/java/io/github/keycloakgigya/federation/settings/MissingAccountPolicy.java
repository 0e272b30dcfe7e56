package io.github.keycloakgigya.federation.settings;

import java.util.Locale;

/** What happens to a user whose account is proven not to exist in Gigya any more. */
public enum MissingAccountPolicy {
    /** Nothing. */
    KEEP,
    /** The user is disabled, and comes back when the account does. */
    DISABLE,
    /** The user is removed, with everything that Keycloak knew of it. */
    DELETE;

    /** {@return the value of the setting {@code missingAccountPolicy}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
