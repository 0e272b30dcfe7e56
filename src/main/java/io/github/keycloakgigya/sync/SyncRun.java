package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.settings.StorageSettings.MissingAccountPolicy;
import io.github.keycloakgigya.monitoring.SyncMeter;
import io.github.keycloakgigya.sync.MissingUsers.Removal;
import io.github.keycloakgigya.sync.SyncLock.LockLostException;
import io.github.keycloakgigya.sync.SyncPages.PageSource;
import io.github.keycloakgigya.sync.SyncPages.SyncPage;
import io.github.keycloakgigya.sync.SyncTally.SyncResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** One sync, from its first page to its result. */
final class SyncRun {

    private static final Logger LOG = Logger.getLogger(SyncRun.class);

    // What a node that is killed has to do again at most.
    private static final Duration BETWEEN_WATERMARKS = Duration.ofSeconds(10);

    private final SyncTarget federation;
    private final SyncLock lock;
    private final ScheduledExecutorService threads;
    private final Clock clock;
    private final Optional<Instant> changedSince;
    private final SyncMeter meter;
    private final SyncTally tally;
    private final SyncProgress progress;
    private final PageWriter writer;
    private final Watermark watermark;
    private final Optional<SeenUids> seen;
    private Instant stored = Instant.MIN;
    private boolean begun;

    /**
     * Prepares a sync; nothing is called yet.
     *
     * @param lock taken for this sync
     * @param threads enough to read, to write and to show that it is alive, for this sync alone
     * @param changedSince up to when everything is written; empty for a full sync
     * @param meter of the federation
     */
    SyncRun(
            SyncTarget federation,
            SyncLock lock,
            ScheduledExecutorService threads,
            Clock clock,
            Optional<Instant> changedSince,
            SyncMeter meter) {
        this.federation = federation;
        this.lock = lock;
        this.threads = threads;
        this.clock = clock;
        this.changedSince = changedSince;
        this.meter = meter;
        this.tally = new SyncTally(federation.ids());
        this.progress = new SyncProgress(federation.name(), clock);
        this.writer = new PageWriter(federation.users(), threads);
        this.watermark = new Watermark(changedSince.orElse(Instant.EPOCH));
        this.seen = changedSince.isEmpty() && federation.settings().sync().removesMissing()
                ? Optional.of(new SeenUids())
                : Optional.empty();
    }

    /** {@return what was done} Leaves the thread interrupted where that is what ended it. */
    SyncResult run() {
        meter.begins(progress::done, progress::total);
        every(SyncLock.RENEWAL, lock::renew);
        every(SyncProgress.INTERVAL, progress::log);
        try {
            readAndWrite();
            store(watermark.ofWhole());
            return finished(progress.summary(), removal());
        } catch (GigyaException failure) {
            return ended(failure.getMessage());
        } catch (LockLostException lost) {
            return ended("another sync has taken over, or the federation was removed");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ended("it was stopped");
        } catch (RuntimeException unexpected) {
            LOG.error("A sync failed unexpectedly", unexpected);
            return ended("unexpected failure, see the server's log");
        }
    }

    private void every(Duration interval, Runnable work) {
        threads.scheduleWithFixedDelay(work, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void readAndWrite() throws GigyaException, InterruptedException {
        var profiles = new FoundProfiles(federation.settings());
        var overlap = federation.settings().sync().overlap();
        var pages = new PagesAhead(
                new SyncPages(
                        PageSource.of(federation::gigya, profiles.searched()),
                        profiles.query(),
                        changedSince.map(watermarkOfLast -> watermarkOfLast.minus(overlap)),
                        overlap,
                        new BackOff(BackOff.Pause.REAL, clock),
                        clock),
                profiles,
                threads);
        for (var page = pages.next(); page.isPresent(); page = pages.next()) {
            write(page.get());
        }
    }

    private void write(PagesAhead.Read read) throws InterruptedException {
        var found = read.page().found();
        var accounts = read.profiles().counted(tally);
        lock.require();
        if (!accounts.isEmpty()) {
            writer.write(accounts).forEach(tally::written);
        }
        federation.users().disable(read.profiles().inactive());
        begun = true;
        seen.ifPresent(uids -> found.accounts().forEach(account -> uids.add(account.uid())));
        watermark.passed(read.page());
        progress.passed(found.accounts().size() + found.unreadable(), found.total());
        if (stored.plus(BETWEEN_WATERMARKS).isBefore(clock.instant())) {
            store(watermark.ofPart());
        }
    }

    private void store(Instant reached) {
        lock.store(federation.siteId(), reached);
        stored = clock.instant();
    }

    private List<String> removal() throws GigyaException, InterruptedException {
        if (seen.isEmpty() || federation.settings().missingAccountPolicy() == MissingAccountPolicy.KEEP) {
            return List.of();
        }
        var missing = new MissingUsers(federation, seen.get(), new BackOff(BackOff.Pause.REAL, clock));
        return new Removal(federation, missing, lock, tally, progress).run(seen.get());
    }

    private SyncResult finished(String read, List<String> remarks) {
        measured(SyncMeter.End.FINISHED);
        if (changedSince.isPresent() && tally.isNothing()) {
            LOG.debugf("Sync of %s: no account has changed", federation.name());
            return SyncResult.nothing("No account has changed");
        }
        LOG.infof("Sync of %s is finished: %s; %s", federation.name(), tally, read);
        return SyncResult.whole(tally, remarks);
    }

    private void measured(SyncMeter.End end) {
        meter.ends(changedSince.isEmpty() ? SyncMeter.Kind.FULL : SyncMeter.Kind.CHANGED, end);
        tally.report(meter);
    }

    private SyncResult ended(String reason) {
        measured(begun ? SyncMeter.End.ENDED_EARLY : SyncMeter.End.FAILED);
        LOG.warnf("Sync of %s ended early: %s; %s; %s", federation.name(), reason, tally, progress.summary());
        return begun ? SyncResult.part(tally, reason) : SyncResult.failed(reason);
    }

    /**
     * Reads the next page on another thread while the one before is written, and makes of its accounts what is to be
     * written. Two pages are held at most.
     */
    static final class PagesAhead {

        private final SyncPages pages;
        private final FoundProfiles profiles;
        private final ExecutorService reader;
        private Optional<Future<Optional<Read>>> ahead = Optional.empty();

        PagesAhead(SyncPages pages, FoundProfiles profiles, ExecutorService reader) {
            this.pages = pages;
            this.profiles = profiles;
            this.reader = reader;
        }

        /**
         * A page that was read.
         *
         * @param page as Gigya answered it
         * @param profiles what its accounts' users are to look like
         */
        record Read(SyncPage page, FoundProfiles.Profiles profiles) {}

        /** {@return what {@link SyncPages#next} answers} */
        Optional<Read> next() throws GigyaException, InterruptedException {
            var asked = ahead.orElseGet(() -> reader.submit(this::read));
            try {
                var page = asked.get();
                ahead = page.map(another -> reader.submit(this::read));
                return page;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GigyaException failure) {
                    throw failure;
                }
                throw new IllegalStateException("a page can't be read", e.getCause());
            }
        }

        private Optional<Read> read() throws GigyaException, InterruptedException {
            return pages.next().map(page -> new Read(page, profiles.of(page.found())));
        }
    }
}
