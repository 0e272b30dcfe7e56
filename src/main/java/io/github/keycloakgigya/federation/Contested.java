package io.github.keycloakgigya.federation;

import org.keycloak.models.UserModel;

/**
 * A user name or e-mail address that an account wants and a user has.
 *
 * @param holder who has it, as the one, the other, or both
 * @param name as Keycloak stores it
 */
record Contested(UserModel holder, String name) {

    /** {@return whether the holder has it as an address that counts as verified} */
    boolean isVerified() {
        return name.equals(holder.getEmail()) && holder.isEmailVerified();
    }

    /** {@return whether it is the same of the same user} */
    boolean isSameAs(Contested other) {
        return name.equals(other.name) && holder.getId().equals(other.holder.getId());
    }

    /** Leaves the name out, so that no log shows it. */
    @Override
    public String toString() {
        return "Contested[" + holder.getId() + "]";
    }
}
