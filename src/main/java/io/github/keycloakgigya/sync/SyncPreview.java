package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.sync.MissingUsers.Candidate;
import io.github.keycloakgigya.sync.MissingUsers.Removal;
import io.github.keycloakgigya.sync.SyncPages.PageSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does what a full sync does, but writes nothing. */
public final class SyncPreview {

    private static final int MOST_LISTED = 1000;

    private final SyncTarget federation;
    private final SyncLock lock;
    private final Clock clock = Clock.systemUTC();
    private final BackOff backOff = new BackOff(BackOff.Pause.REAL, clock);
    private final SeenUids seen = new SeenUids();
    private final SyncTally tally;
    private final List<FailedAccount> failed = new ArrayList<>();
    private final List<Candidate> missing = new ArrayList<>();
    private long total;
    private long missingCount;

    /**
     * Prepares a preview; nothing is called yet.
     *
     * @param lock taken for this preview, so that no sync runs meanwhile
     */
    public SyncPreview(SyncTarget federation, SyncLock lock) {
        this.federation = federation;
        this.lock = lock;
        this.tally = new SyncTally(federation.ids());
    }

    /**
     * What a full sync would do.
     *
     * @param added users that it would import
     * @param updated users whom it would change
     * @param unchanged users whom it would leave as they are
     * @param released accounts of users who have left the federation, whom it would leave alone
     * @param failed accounts that it could not bring over
     * @param removed users whom it would disable or remove with the present settings
     * @param removesMissing the present setting {@code syncRemovesMissing}
     * @param removalRefused why it would disable or remove nobody, whatever that setting is; empty where nothing is in
     *     the way
     * @param failedAccounts those that it could not bring over and that have a UID, at most 1,000
     * @param missing users whose account does not exist, at most 1,000; not yet proven where {@code removalRefused}
     */
    public record Report(
            int added,
            int updated,
            int unchanged,
            int released,
            int failed,
            long removed,
            boolean removesMissing,
            String removalRefused,
            List<FailedAccount> failedAccounts,
            List<MissingUser> missing) {}

    /**
     * An account that could not be brought over.
     *
     * @param id of its user, whether there is one or not; the log names the account by it
     * @param reason why
     */
    record FailedAccount(String id, String uid, String reason) {}

    /** A user whose account does not exist. */
    record MissingUser(String id, String uid) {}

    /**
     * {@return what a full sync would do}
     *
     * @throws GigyaException where Gigya does not answer
     * @throws InterruptedException where the server stops
     */
    public Report run() throws GigyaException, InterruptedException {
        read();
        var candidates = new MissingUsers(federation, seen, backOff);
        var refused = Removal.refusal(candidates, candidates.count(), seen, total);
        candidates.each(user -> {
            lock.require();
            if (refused.isPresent() || candidates.isProven(user)) {
                list(user);
            }
        });
        var removes = federation.settings().sync().removesMissing();
        return new Report(
                tally.added(),
                tally.updated(),
                tally.unchanged(),
                tally.released(),
                tally.failed(),
                removes && refused.isEmpty() ? missingCount : 0,
                removes,
                refused.orElse(""),
                failed,
                missing.stream()
                        .map(user -> new MissingUser(user.id(), user.uid().value()))
                        .toList());
    }

    private void failed(Uid uid, String reason) {
        if (failed.size() < MOST_LISTED) {
            failed.add(new FailedAccount(federation.ids().of(uid), uid.value(), reason));
        }
    }

    private void list(Candidate user) {
        missingCount++;
        if (missing.size() < MOST_LISTED) {
            missing.add(user);
        }
    }

    private void read() throws GigyaException, InterruptedException {
        var profiles = new FoundProfiles(federation.settings());
        var pages = new SyncPages(
                PageSource.of(federation::gigya, profiles.searched()),
                profiles.query(),
                Optional.empty(),
                federation.settings().sync().overlap(),
                backOff,
                clock);
        for (var page = pages.next(); page.isPresent(); page = pages.next()) {
            lock.require();
            var found = page.get().found();
            var read = profiles.of(found);
            read.refused().forEach(this::failed);
            var unseen = read.counted(tally).stream()
                    .filter(account -> !seen.contains(account.profile().uid()))
                    .toList();
            var result = federation.users().preview(unseen);
            result.failed().forEach(failure -> failed(failure.uid(), failure.reason()));
            tally.written(result);
            found.accounts().forEach(account -> seen.add(account.uid()));
            total = Math.max(total, found.total());
        }
    }
}
