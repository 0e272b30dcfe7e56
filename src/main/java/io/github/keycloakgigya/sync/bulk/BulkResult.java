package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.Uid;
import java.util.List;

/**
 * What became of accounts that were written together.
 *
 * @param added users that were not there before
 * @param updated users that were changed, or linked to their account
 * @param unchanged users to whom nothing was written
 * @param released accounts whose users have left the federation, to whom nothing is written
 * @param failed accounts that could not be written, with the reason
 */
public record BulkResult(int added, int updated, int unchanged, int released, List<Failure> failed) {

    public static final BulkResult NOTHING = new BulkResult(0, 0, 0, 0, List.of());

    /**
     * An account that could not be written.
     *
     * @param uid its UID
     * @param reason for the log: holds nothing of a person
     */
    public record Failure(Uid uid, String reason) {}

    public BulkResult {
        failed = List.copyOf(failed);
    }
}
