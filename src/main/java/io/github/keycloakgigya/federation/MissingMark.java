package io.github.keycloakgigya.federation;

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
     */
    public static void correct(UserModel local, boolean active) {
        if (!isWrongOn(local, active)) {
            return;
        }
        local.setEnabled(active);
        if (active) {
            local.removeAttribute(FederatedUser.MISSING);
        } else {
            local.setSingleAttribute(FederatedUser.MISSING, Boolean.TRUE.toString());
        }
    }
}
