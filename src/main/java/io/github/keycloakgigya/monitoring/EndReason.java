package io.github.keycloakgigya.monitoring;

import java.util.Locale;

/** Why sessions are ended. */
public enum EndReason {
    /** The account is disabled in Gigya. */
    DISABLED,
    /** Gigya has no such account any more. */
    DELETED,
    /** The account went into another one. */
    MERGED,
    /** The account has a new password. */
    PASSWORD_CHANGED;

    /** {@return as metrics and events have it} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
