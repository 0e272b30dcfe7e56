package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.sync.MissingUsers.Candidate;
import io.github.keycloakgigya.sync.bulk.BulkUsers.KnownUser;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The users whose account a full search did not find. That alone proves nothing: Gigya is asked for each. */
final class MissingUsers {

    private static final int BATCH = 1000;
    private static final int MOST_REFUSALS = 3;

    private final SyncTarget federation;
    private final SeenUids seen;
    private final BackOff backOff;

    /** A user whose account no search showed. */
    record Candidate(String id, Uid uid) {}

    /** What is done about one of them. */
    interface Action {
        void on(Candidate user) throws GigyaException, InterruptedException;
    }

    MissingUsers(SyncTarget federation, SeenUids seen, BackOff backOff) {
        this.federation = federation;
        this.seen = seen;
        this.backOff = backOff;
    }

    /** {@return how many they are} */
    long count() throws GigyaException, InterruptedException {
        var count = new long[1];
        each(user -> count[0]++);
        return count[0];
    }

    /** {@return whether so many are more than may go at once} */
    boolean exceedLimit(long count) {
        return count * 100 > limitPercent() * federation.users().count();
    }

    /** {@return how many percent of the users may go at once} */
    int limitPercent() {
        return federation.settings().sync().removalLimitPercent();
    }

    /** Hands over one after the other. Only a batch of them is held. */
    void each(Action action) throws GigyaException, InterruptedException {
        var last = "";
        for (List<KnownUser> batch; !(batch = federation.users().after(last, BATCH)).isEmpty(); ) {
            for (var user : batch) {
                var uid = user.uid().filter(own -> !seen.contains(own));
                if (uid.isPresent() && mayGo(user, uid.get())) {
                    action.on(new Candidate(user.id(), uid.get()));
                }
            }
            last = batch.get(batch.size() - 1).id();
        }
    }

    // Whom an administrator disabled would come back enabled with the account, if the user were removed.
    private boolean mayGo(KnownUser user, Uid uid) {
        return switch (federation.settings().missingAccountPolicy()) {
            case KEEP -> false;
            case DISABLE -> user.enabled();
            case DELETE ->
                user.enabled()
                        || federation.inTransaction(
                                all -> all.find(uid).filter(all::isOnlyMissing).isPresent());
        };
    }

    /** {@return whether Gigya says that there is no such account} */
    boolean isProven(Candidate user) throws GigyaException, InterruptedException {
        for (int refusals = 0; refusals < MOST_REFUSALS; ) {
            try {
                federation.gigya().getAccountInfo(user.uid());
                backOff.succeeded();
                return false;
            } catch (GigyaException failure) {
                if (failure.kind() == FailureKind.MISCONFIGURED) {
                    throw failure;
                }
                if (failure.kind() != FailureKind.UNAVAILABLE) {
                    return failure.kind().provesAbsence();
                }
                refusals += failure.errorCode().isPresent() ? 1 : 0;
                backOff.after(failure);
            }
        }
        return false;
    }

    /** {@return whether something was done} Does what the policy for missing accounts says. */
    boolean remove(Candidate user) {
        return federation.inTransaction(all -> {
            var present = all.find(user.uid());
            if (present.isEmpty() || all.isLeft(present.get())) {
                return false;
            }
            all.missing(user.uid());
            return true;
        });
    }

    /** What a full sync that ended whole does about users whose account it did not find. */
    static final class Removal {

        private static final Logger LOG = Logger.getLogger(MissingUsers.class);

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
}
