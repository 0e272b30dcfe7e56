package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.Optional;

/**
 * An event: a reason to read an account, and the word of Gigya that it goes by another UID now.
 *
 * @param type its type
 * @param id by which Gigya tells events apart; empty where it has none that can be kept
 * @param uid of the account; empty where it names none that can be one
 * @param newUid what the account goes by now; empty where it still goes by the UID, or nothing usable is said
 * @param at when it happened, by Gigya's clock; empty where that is not said
 */
record Hint(EventType type, Optional<String> id, Optional<Uid> uid, Optional<Uid> newUid, Optional<Instant> at) {

    /** Leaves everything but the type out, so that no log shows it. */
    @Override
    public String toString() {
        return "Hint[" + type + "]";
    }
}
