package io.github.keycloakgigya.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code accounts.getAccountInfo} says about an account's state.
 *
 * @param uid the account's UID
 * @param active whether it may sign in at Gigya
 * @param registered whether its registration is finished; false where Gigya did not say
 * @param verifiedEmails the addresses that Gigya has verified
 * @param loginIds the user name and the addresses by which its owner signs in, verified or not
 * @param lastLogin when its owner last signed in at Gigya; empty where Gigya did not say
 */
public record AccountInfo(
        String uid,
        boolean active,
        boolean registered,
        Set<String> verifiedEmails,
        Set<String> loginIds,
        Optional<Instant> lastLogin) {

    public AccountInfo {
        Objects.requireNonNull(uid, "uid");
        verifiedEmails = Set.copyOf(verifiedEmails);
        loginIds = Set.copyOf(loginIds);
        Objects.requireNonNull(lastLogin, "lastLogin");
    }

    /** Leaves the addresses out, so that no log shows them. */
    @Override
    public String toString() {
        return "AccountInfo[active=" + active + ", registered=" + registered + "]";
    }
}
