package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.leaving.Aim.Reached;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress.Status;
import io.github.keycloakgigya.sync.SyncLock;
import io.github.keycloakgigya.sync.SyncLock.LockLostException;
import io.github.keycloakgigya.sync.SyncState;
import io.github.keycloakgigya.sync.SyncTarget;
import io.github.keycloakgigya.sync.bulk.LostDatabase;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One run or preview, from where it goes on to its end. Used by one thread, but for {@link #tell()}. */
final class LeavingRun {

    private static final Logger LOG = Logger.getLogger(LeavingRun.class);

    private final Aim aim;
    private final SyncTarget federation;
    private final SyncLock lock;
    private final Clock clock;
    private final LeavingWork work;
    private final Thread worker = Thread.currentThread();
    private final LeavingTally tally;
    private final Checkpoint checkpoint;
    private final Optional<Instant> from;
    private long done;
    private long total;
    private volatile Told told;
    private volatile boolean stopped;
    private final Object turn = new Object();
    // Whether the worker asks Gigya, and writes nothing. Guarded by the turn.
    private boolean asking;

    // What is told at a moment, all of it of the same one.
    private record Told(LeavingProgress progress, Reached reached) {}

    /**
     * Goes on with it, in the thread that calls this; nothing is done yet.
     *
     * @param lock taken for it
     * @param memo where it goes on
     * @param from the time of its checkpoint; empty where it begins at the beginning
     */
    LeavingRun(Aim aim, SyncTarget federation, SyncLock lock, LeavingMemo memo, Optional<Instant> from, Clock clock) {
        this.aim = aim;
        this.federation = federation;
        this.lock = lock;
        this.clock = clock;
        this.work = aim.work(federation);
        this.from = from;
        var settled = from.isPresent() ? memo.settled() : new LeavingTally();
        this.done = from.isPresent() ? memo.count() : 0;
        this.tally = settled.copy();
        this.checkpoint = new Checkpoint(from.orElse(Instant.EPOCH), done, settled);
        this.told = new Told(
                aim.of(memo).resumed(clock.instant(), done, tally.copy()),
                new Reached(from.orElse(Instant.EPOCH), done, settled));
    }

    /** {@return from when on accounts are to be read; empty for all} */
    Optional<Instant> from() {
        return from;
    }

    /** Transfers pages of accounts until there are no more. */
    void of(AccountPages pages) throws GigyaException, InterruptedException {
        var before = done;
        for (var page = next(pages); page.isPresent(); page = next(pages)) {
            total = Math.max(total, before + page.get().found().found().total());
            var updated = new HashMap<Uid, Optional<Instant>>();
            for (FoundAccount found : page.get().found().found().accounts()) {
                updated.put(found.uid(), found.lastUpdated());
            }
            for (var part : work.parts(page.get().accounts())) {
                transfer(part)
                        .forEach(one -> checkpoint.add(
                                updated.getOrDefault(one.account().uid(), Optional.empty()), one));
                passed();
            }
            unreadable(page.get().unreadable());
            checkpoint.passed(page.get().found());
            passed();
        }
    }

    // An interrupt while it writes would close some databases' files.
    private Optional<AccountPages.Page> next(AccountPages pages) throws GigyaException, InterruptedException {
        synchronized (turn) {
            asking = true;
        }
        try {
            return stopped ? Optional.empty() : pages.next();
        } finally {
            synchronized (turn) {
                asking = false;
            }
        }
    }

    private void stop() {
        stopped = true;
        synchronized (turn) {
            if (asking) {
                worker.interrupt();
            }
        }
    }

    /** Transfers the accounts of a file until there are no more. */
    void of(AccountLines lines) throws IOException, InterruptedException {
        for (var accounts = lines.next(); !accounts.isEmpty(); accounts = lines.next()) {
            for (var part : work.parts(accounts)) {
                transfer(part);
                passed();
            }
        }
        unreadable((int) lines.bad());
        passed();
    }

    private List<LeavingWork.Done> transfer(List<LeavingAccount> part) throws InterruptedException {
        if (Thread.interrupted() || stopped) {
            throw new InterruptedException();
        }
        lock.require();
        var results = work.of(part);
        results.forEach(one -> one.count(tally));
        done += results.size();
        return results;
    }

    private void unreadable(int accounts) {
        tally.failed(accounts);
        checkpoint.unreadable(accounts);
        done += accounts;
    }

    private void passed() {
        told = new Told(
                told.progress().passed(clock.instant(), total, tally.copy(), done),
                new Reached(
                        checkpoint.reached(),
                        checkpoint.count(),
                        checkpoint.settled().copy()));
    }

    /** Tells all nodes how far this is, and takes note where an administrator wants it to end. Called from time to time. */
    void tell() {
        try {
            lock.store(this::told).map(SyncState::memo).map(LeavingMemo::parse).ifPresent(memo -> {
                if (aim.of(memo).status() == Status.STOPPING) {
                    stop();
                }
            });
        } catch (RuntimeException unavailable) {
            // The database may be back the next time.
            LOG.debugf("The progress of a transfer could not be stored: %s", unavailable.getClass());
        }
    }

    private SyncState told(SyncState present) {
        var now = told;
        var memo = LeavingMemo.parse(present.memo());
        var status = now.progress().status();
        var wanted = aim.of(memo).status();
        var progress = now.progress()
                .with(
                        wanted == Status.STOPPING && status.isOpen() ? wanted : status,
                        now.progress().reason());
        return aim.keep(present, aim.in(memo, progress), federation.siteId(), now.reached());
    }

    /** {@return how far it is} */
    LeavingProgress progress() {
        return told.progress();
    }

    /** Tells all nodes how it ended. */
    void ended(Status status, String reason) {
        // The wish to end it is fulfilled, and what follows is to be written.
        Thread.interrupted();
        passed();
        told = new Told(progress().with(status, reason), told.reached());
        lock.store(this::told);
        LOG.infof(
                "Transfer of %s: %s is %s after %d accounts in %d s; %s",
                federation.name(),
                aim.title(),
                status.name().toLowerCase(Locale.ROOT),
                done,
                progress().millis() / 1000,
                reason);
    }

    /** Does work, and tells how that ended. Leaves the run to other nodes where this one stops. */
    void run(Work work) {
        try {
            work.of(this);
            ended(stopped ? Status.STOPPED : Status.FINISHED, "");
        } catch (GigyaException failure) {
            ended(Status.FAILED, failure.getMessage());
        } catch (IOException brokenOff) {
            ended(Status.FAILED, "the file broke off");
        } catch (LockLostException lost) {
            LOG.infof("Transfer of %s: another node has taken over, or the federation was removed", federation.name());
        } catch (InterruptedException stop) {
            if (stopped) {
                ended(Status.STOPPED, "");
            }
        } catch (RuntimeException unexpected) {
            if (LostDatabase.isCauseOf(unexpected) || Thread.currentThread().isInterrupted()) {
                LOG.warnf(
                        "Transfer of %s: %s is interrupted by %s",
                        federation.name(), aim.title(), unexpected.getClass());
                return;
            }
            // Without its message, in which a database may quote what was written.
            LOG.errorf(
                    "A transfer failed unexpectedly: %s at %s",
                    unexpected.getClass().getName(), List.of(unexpected.getStackTrace()));
            ended(Status.FAILED, "unexpected failure, see the server's log");
        }
    }

    /** What is done in a run. */
    interface Work {
        void of(LeavingRun run) throws GigyaException, IOException, InterruptedException;
    }
}
