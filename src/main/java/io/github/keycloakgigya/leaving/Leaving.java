package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress.Status;
import io.github.keycloakgigya.leaving.LeavingRuns.BrokenOffException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.sync.ClusterView;
import io.github.keycloakgigya.sync.SyncLock;
import io.github.keycloakgigya.sync.SyncState;
import io.github.keycloakgigya.sync.SyncStates;
import io.github.keycloakgigya.sync.SyncTarget;
import io.github.keycloakgigya.sync.bulk.BulkPath;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSessionFactory;

/** The way of one federation to Keycloak alone: preview, start, stop, and how far a run is. */
public final class Leaving {

    private static final Logger LOG = Logger.getLogger(Leaving.class);

    private final KeycloakSessionFactory sessions;
    private final String realmId;
    private final ComponentModel component;
    private final BulkPath bulk;
    private final LeavingRuns runs;
    private final SyncStates states;
    private final Clock clock = Clock.systemUTC();

    /**
     * The way of a federation. Nothing is read yet.
     *
     * @param bulk how users are written in bulk on this server
     * @param runs the threads of this node
     */
    public Leaving(
            KeycloakSessionFactory sessions,
            String realmId,
            ComponentModel component,
            BulkPath bulk,
            LeavingRuns runs) {
        this.sessions = sessions;
        this.realmId = realmId;
        this.component = component;
        this.bulk = bulk;
        this.runs = runs;
        this.states = new SyncStates(sessions, SyncStates.Work.LEAVING, realmId, component.getId());
    }

    /** {@return how far the last run is, on whatever node} */
    public LeavingAnswer progress() {
        return LeavingAnswer.of(memo().progress());
    }

    private LeavingMemo memo() {
        return states.present().map(SyncState::memo).map(LeavingMemo::parse).orElse(LeavingMemo.NONE);
    }

    /** {@return how far the last preview is, on whatever node, and what a run would do} */
    public LeavingAnswer previewed() {
        return LeavingAnswer.of(memo().preview());
    }

    /**
     * Starts to look in the background what a run would do, and returns how far that is. It writes nothing.
     *
     * @throws RunningException where a run or another preview is under way
     */
    public LeavingAnswer preview() throws SettingsException, RunningException {
        var federation = federation();
        var lock = lockForPreview();
        var memo = previewing(lock);
        runs.begin(Aim.PREVIEW, federation, lock, memo, Optional.empty());
        return LeavingAnswer.of(memo.preview());
    }

    /** {@return what {@link #transfer} would do} It writes nothing, and looks while the caller waits. */
    public LeavingAnswer preview(InputStream file) throws SettingsException, RunningException {
        var federation = federation();
        try (var lock = lockForPreview()) {
            return LeavingRuns.whole(Aim.PREVIEW, federation, lock, previewing(lock), file);
        }
    }

    // A run whose node is gone goes on within a minute, and is not to wait for a preview.
    private SyncLock lockForPreview() throws RunningException {
        var lock = lock();
        if (LeavingMemo.parse(lock.memo()).progress().status().isOpen()) {
            lock.close();
            throw new RunningException();
        }
        return lock;
    }

    private LeavingMemo previewing(SyncLock lock) {
        var memo = LeavingMemo.parse(lock.memo()).withPreview(LeavingProgress.begun(clock.instant()));
        begin(lock, UnaryOperator.identity(), memo);
        return memo;
    }

    /**
     * Starts a run in the background, and returns how far it is. Where the last one was stopped or failed, it goes on from
     * there.
     *
     * @param anew whether it begins at the beginning in any case: what is done is done, and is only looked at
     * @throws RunningException where a run or a preview is under way
     */
    public LeavingAnswer start(boolean anew) throws SettingsException, RunningException {
        var federation = federation();
        var lock = lock();
        var last = withoutLostPreview(lock);
        var goesOn = !anew && last.isResumable() && last.progress().status() != Status.FINISHED;
        var begun = LeavingProgress.begun(clock.instant());
        var memo = goesOn && last.progress().status() != Status.NONE
                ? last.with(last.progress().resumed(clock.instant(), last.count(), last.settled()))
                : last.begun(false, begun);
        var from = goesOn ? lock.watermarkOf(federation.siteId()) : Optional.<Instant>empty();
        begin(lock, from.isPresent() ? UnaryOperator.identity() : SyncState::fromTheBeginning, memo);
        runs.begin(Aim.TRANSFER, federation, lock, memo, from);
        return LeavingAnswer.of(memo.progress());
    }

    /**
     * Transfers the accounts of a file, while the caller waits, and returns how that ended.
     *
     * @param file accounts, one JSON object a line
     * @throws RunningException where a run or a preview is under way
     * @throws BrokenOffException where the server stops, or the database is gone
     */
    public LeavingAnswer transfer(InputStream file) throws SettingsException, RunningException {
        var federation = federation();
        try (var lock = lock()) {
            var memo = withoutLostPreview(lock).begun(true, LeavingProgress.begun(clock.instant()));
            begin(lock, SyncState::fromTheBeginning, memo);
            return LeavingRuns.whole(Aim.TRANSFER, federation, lock, memo, file);
        }
    }

    private static void begin(SyncLock lock, UnaryOperator<SyncState> from, LeavingMemo memo) {
        lock.store(state -> from.apply(state).withMemo(memo.text()));
    }

    /** {@return how far the run or preview is that ends now, within seconds where another node does the work} */
    public LeavingAnswer stop() {
        var now = clock.instant();
        var cluster = ClusterView.of(sessions);
        var stopped = new AtomicReference<>(Aim.TRANSFER);
        states.change(state -> !Aim.open(LeavingMemo.parse(state.memo())).isEmpty(), state -> {
            var memo = LeavingMemo.parse(state.memo());
            var status = state.isOwnedAt(now, cluster) ? Status.STOPPING : Status.STOPPED;
            for (var aim : Aim.open(memo)) {
                memo = aim.in(memo, aim.of(memo).with(status, ""));
                stopped.set(aim);
            }
            return state.withMemo(memo.text());
        });
        return LeavingAnswer.of(stopped.get().of(memo()));
    }

    /** Goes on with a run whose node is gone, and notes of a preview that it has failed; does nothing where there is none. */
    void resume() {
        if (Aim.open(memo()).isEmpty()) {
            return;
        }
        try {
            var federation = federation();
            SyncLock.take(states, clock, ClusterView.of(sessions)).ifPresent(lock -> resume(federation, lock));
        } catch (SettingsException wrongSetting) {
            LOG.debugf("A transfer can't go on: %s", wrongSetting.getMessage());
        }
    }

    private void resume(SyncTarget federation, SyncLock lock) {
        var memo = withoutLostPreview(lock);
        if (memo.progress().status() == Status.RUNNING && memo.isResumable()) {
            LOG.infof("Transfer of %s goes on, which another node began", federation.name());
            begin(lock, UnaryOperator.identity(), memo);
            runs.begin(Aim.TRANSFER, federation, lock, memo, lock.watermarkOf(federation.siteId()));
            return;
        }
        try (lock) {
            begin(lock, UnaryOperator.identity(), Aim.TRANSFER.ended(memo, "its node is gone: send the file again"));
        }
    }

    // Whoever has the lock knows that no node works on a preview.
    private static LeavingMemo withoutLostPreview(SyncLock lock) {
        return Aim.PREVIEW.ended(LeavingMemo.parse(lock.memo()), "its node is gone: start it again");
    }

    private SyncLock lock() throws RunningException {
        return SyncLock.take(states, clock, ClusterView.of(sessions)).orElseThrow(RunningException::new);
    }

    private SyncTarget federation() throws SettingsException {
        return SyncTarget.of(sessions, realmId, component, bulk);
    }

    /** A run or a preview of the federation is under way, on this node or another. */
    public static final class RunningException extends Exception {

        private static final long serialVersionUID = 1L;

        RunningException() {
            super("A transfer or a preview of this federation is running");
        }
    }
}
