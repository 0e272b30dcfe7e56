package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.sync.MissingUsers.Candidate;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a full sync that ended whole does about users whose account it did not find. */
final class Removal {

    private static final Logger LOG = Logger.getLogger(Removal.class);

    private final SyncTarget federation;
    private final MissingUsers missing;
    private final SyncLock lock;
    private final SyncTally tally;
    private final SyncProgress progress;

    Removal(SyncTarget federation, MissingUsers missing, SyncLock lock, SyncTally tally, SyncProgress progress) {
        this.federation = federation;
        this.missing = missing;
        this.lock = lock;
        this.tally = tally;
        this.progress = progress;
    }

    /** {@return what an administrator should know} */
    List<String> run(SeenUids seen) throws GigyaException, InterruptedException {
        var count = missing.count();
        var refusal = refusal(missing, count, seen, progress.total());
        if (refusal.isPresent()) {
            var remark = "no user was removed or disabled: " + refusal.get();
            LOG.warnf("Sync of %s: %s", federation.name(), remark);
            return List.of(remark);
        }
        progress.next("users whose account was not found", count);
        missing.each(this::remove);
        return List.of();
    }

    private void remove(Candidate user) throws GigyaException, InterruptedException {
        if (missing.isProven(user)) {
            lock.require();
            if (missing.remove(user)) {
                tally.removedUser();
            }
        }
        progress.passed(1, 0);
    }

    /**
     * {@return why nobody may go}
     *
     * @param count how many users are missing
     * @param seen the UIDs that Gigya showed
     * @param total the most accounts that it named
     */
    static Optional<String> refusal(MissingUsers missing, long count, SeenUids seen, long total) {
        if (total <= 0 || seen.count() < total) {
            return Optional.of("Gigya named %d accounts and showed %d".formatted(total, seen.count()));
        }
        return missing.exceedLimit(count)
                ? Optional.of("%d users have no account, which is more than the limit of %d %%"
                        .formatted(count, missing.limitPercent()))
                : Optional.empty();
    }
}
