package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.monitoring.SyncMeter;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.sync.SyncLock.Workplace;
import io.github.keycloakgigya.sync.SyncTally.SyncResult;
import io.github.keycloakgigya.sync.bulk.BulkPath;
import jakarta.enterprise.context.ContextNotActiveException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.storage.UserStorageProviderModel;
import org.keycloak.storage.user.SynchronizationResult;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Syncs one federation, where no other sync of it runs on any node. Never throws: Keycloak would make of it an empty
 * result, which looks like a success.
 */
public final class Synchronization {

    private static final Logger LOG = Logger.getLogger(Synchronization.class);

    // The next page is read, and the lock renewed, while one is written.
    private static final int THREADS = PageWriter.THREADS + 2;

    private final KeycloakSessionFactory sessions;
    private final String realmId;
    private final UserStorageProviderModel component;
    private final BulkPath bulk;
    private final Clock clock = Clock.systemUTC();

    /** @param bulk how users are written in bulk on this server */
    public Synchronization(
            KeycloakSessionFactory sessions, String realmId, UserStorageProviderModel component, BulkPath bulk) {
        this.sessions = sessions;
        this.realmId = realmId;
        this.component = component;
        this.bulk = bulk;
    }

    /** {@return what a sync of all accounts did} */
    public SynchronizationResult full() {
        return run(true);
    }

    /** {@return what a sync did of the accounts that changed since the last one; of all where nothing is known of it} */
    public SynchronizationResult changed() {
        return run(false);
    }

    private SynchronizationResult run(boolean full) {
        if (!component.isEnabled()) {
            return SyncResult.nothing("The federation is disabled, so that nothing is synchronized");
        }
        if (!component.isImportEnabled()) {
            return SyncResult.nothing("Users are not imported, so that there is nothing to synchronize");
        }
        try {
            return measured(full, MeasuredSyncs.meter(sessions, realmId, component));
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "Sync of %s can't begin", component.getName());
            return SyncResult.failed("unexpected failure, see the server's log");
        }
    }

    private SynchronizationResult measured(boolean full, SyncMeter meter) {
        try {
            return locked(SyncTarget.of(sessions, realmId, component, bulk), full, meter);
        } catch (SettingsException wrongSetting) {
            meter.ends(kind(full), SyncMeter.End.FAILED);
            LOG.warnf("Sync of %s can't begin: %s", component.getName(), wrongSetting.getMessage());
            return SyncResult.failed("a setting can't be used: " + wrongSetting.getMessage());
        } catch (RuntimeException unexpected) {
            meter.ends(kind(full), SyncMeter.End.FAILED);
            throw unexpected;
        }
    }

    private static SyncMeter.Kind kind(boolean full) {
        return full ? SyncMeter.Kind.FULL : SyncMeter.Kind.CHANGED;
    }

    private SynchronizationResult locked(SyncTarget federation, boolean full, SyncMeter meter) {
        var taken = SyncLock.take(
                new SyncStates(sessions, SyncStates.Work.SYNC, realmId, component.getId()),
                clock,
                ClusterView.of(sessions));
        if (taken.isEmpty()) {
            LOG.debugf("Sync of %s: another one is running", component.getName());
            return SynchronizationResult.ignored();
        }
        var threads = new ScheduledThreadPoolExecutor(THREADS, Workplace.daemons("gigya-sync"));
        try (var lock = taken.get()) {
            // Keycloak's own time of the last sync is of no use: it
            // is by another clock, and set after failures as well.
            Optional<Instant> since = full ? Optional.empty() : lock.watermarkOf(federation.siteId());
            var result = new SyncRun(federation, lock, threads, clock, since, meter).run();
            return isAskedForByAdministrator() ? result.toAdministrator() : result;
        } finally {
            threads.shutdownNow();
        }
    }

    // The request of an administrator runs the sync itself, in a session of its own; a timer runs one that is periodic
    // (UserStorageProviderResource of 26.7).
    private static boolean isAskedForByAdministrator() {
        var session = KeycloakSessionUtil.getKeycloakSession();
        try {
            return session != null
                    && session.getContext().getHttpRequest().getUri().getPath().endsWith("/sync");
        } catch (ContextNotActiveException periodic) {
            return false;
        }
    }
}
