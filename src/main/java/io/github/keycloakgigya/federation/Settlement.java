package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.federation.UserConflicts.Contested;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * Whose the user name and the e-mail address of an account are.
 *
 * @param profile what the account's user may look like
 * @param lost what other users lose to it, before it is written
 * @param owner another user whom the name or the address belongs to, so that it may not be written; empty where it may
 */
public record Settlement(ImportedProfile profile, List<Contested> lost, Optional<UserModel> owner) {

    public Settlement {
        lost = List.copyOf(lost);
    }

    /** {@return that the account may not be written, whatever it wants} */
    static Settlement belongingTo(UserModel owner, ImportedProfile profile) {
        return new Settlement(profile, List.of(), Optional.of(owner));
    }

    /** {@return whether nobody else wants what the account's user is to have} */
    public boolean isUndisputed(ImportedProfile wanted) {
        return owner.isEmpty() && lost.isEmpty() && profile.equals(wanted);
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "Settlement[]";
    }
}
