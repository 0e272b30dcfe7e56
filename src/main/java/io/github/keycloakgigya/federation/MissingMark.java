package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.monitoring.EndReason;
import org.keycloak.models.UserModel;

/** Tells users who are disabled because Gigya has no active account of theirs from those an administrator disabled. */
public final class MissingMark {

    private MissingMark() {}

    /** {@return whether a user is disabled for that reason alone} */
    public static boolean isOn(UserModel user) {
        return !user.isEnabled() && user.getFirstAttribute(FederatedUser.MISSING) != null;
    }

    /** {@return whether a user is not yet as an account demands that is active, or is not} */
    public static boolean isWrongOn(UserModel user, boolean active) {
        return active ? isOn(user) : user.isEnabled();
    }

    /**
     * Disables a user whose account is not active, or enables one that only the mark keeps disabled.
     *
     * @param local the user in Keycloak's own storage
     * @param sessions ends those of a user who is disabled
     */
    public static void correct(UserModel local, boolean active, SessionEnd sessions) {
        if (active) {
            enable(local);
        } else {
            disable(local, sessions, EndReason.DISABLED);
        }
    }

    /** Enables a user that only the mark keeps disabled. */
    static void enable(UserModel local) {
        if (isOn(local)) {
            local.setEnabled(true);
            local.removeAttribute(FederatedUser.MISSING);
        }
    }

    /** Disables a user who is enabled, and ends all sessions before. */
    static void disable(UserModel local, SessionEnd sessions, EndReason why) {
        if (local.isEnabled()) {
            sessions.of(local, why);
            put(local);
        }
    }

    /** Disables a user who is new, and has no sessions. */
    static void put(UserModel local) {
        local.setEnabled(false);
        local.setSingleAttribute(FederatedUser.MISSING, Boolean.TRUE.toString());
    }
}
