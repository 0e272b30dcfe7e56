package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.GigyaException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a full sync that ended whole does about users whose account it did not find. */
final class Removal {

    private static final Logger LOG = Logger.getLogger(Removal.class);

    private final SyncedFederation federation;
    private final MissingUsers missing;
    private final SyncLock lock;
    private final SyncTally tally;

    Removal(SyncedFederation federation, MissingUsers missing, SyncLock lock, SyncTally tally) {
        this.federation = federation;
        this.missing = missing;
        this.lock = lock;
        this.tally = tally;
    }

    /** {@return what an administrator should know} */
    List<String> run(SeenUids seen, long total) throws GigyaException, InterruptedException {
        var refusal = refusal(missing, seen, total, federation.settings());
        if (refusal.isPresent()) {
            var remark = "no user was removed or disabled: " + refusal.get();
            LOG.warnf("Sync of %s: %s", federation.name(), remark);
            return List.of(remark);
        }
        missing.each(user -> {
            if (missing.isProven(user)) {
                lock.require();
                if (missing.remove(user)) {
                    tally.removedUser();
                }
            }
        });
        return List.of();
    }

    /**
     * {@return why nobody may go}
     *
     * @param seen the UIDs that Gigya showed
     * @param total the most accounts that it named
     */
    static Optional<String> refusal(MissingUsers missing, SeenUids seen, long total, StorageSettings settings)
            throws GigyaException, InterruptedException {
        if (total <= 0 || seen.count() < total) {
            return Optional.of("Gigya named %d accounts and showed %d".formatted(total, seen.count()));
        }
        var count = missing.count();
        return missing.exceedLimit(count)
                ? Optional.of("%d users have no account, which is more than the limit of %d %%"
                        .formatted(count, settings.sync().removalLimitPercent()))
                : Optional.empty();
    }
}
