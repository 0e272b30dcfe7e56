package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.sync.SyncLock;
import io.github.keycloakgigya.sync.SyncTarget;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Looks at accounts as a run does, and writes nothing. */
final class LeavingPreview {

    private final SyncLock lock;
    private final Clock clock;
    private final AccountWork work;
    private final LeavingTally tally = new LeavingTally();
    private final UnseenAccounts unseen = new UnseenAccounts();
    private LeavingProgress progress;
    private long done;

    /** @param lock taken for this preview, so that no run begins meanwhile */
    LeavingPreview(SyncTarget federation, SyncLock lock, Clock clock) {
        this.lock = lock;
        this.clock = clock;
        this.work = AccountWork.preview(federation);
        this.progress = LeavingProgress.begun(clock.instant());
    }

    LeavingAnswer of(AccountPages pages) throws GigyaException, InterruptedException {
        for (var page = pages.next(); page.isPresent(); page = pages.next()) {
            look(page.get().accounts());
            unreadable(page.get().unreadable());
        }
        return LeavingAnswer.ofPreview(progress);
    }

    LeavingAnswer of(AccountLines lines) throws IOException, InterruptedException {
        for (var accounts = lines.next(); !accounts.isEmpty(); accounts = lines.next()) {
            look(accounts);
        }
        unreadable(lines.bad());
        return LeavingAnswer.ofPreview(progress).withBadLines(lines.bad(), lines.badLines());
    }

    private void look(List<LeavingAccount> accounts) throws InterruptedException {
        for (var part : AccountWork.parts(unseen.of(accounts))) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            lock.require();
            work.of(part).forEach(one -> one.count(tally));
            done += part.size();
        }
    }

    private void unreadable(long accounts) {
        tally.failed(accounts);
        done += accounts;
        progress = progress.passed(clock.instant(), done, tally.copy(), done);
    }
}
