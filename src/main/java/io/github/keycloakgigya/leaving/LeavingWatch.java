package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.sync.SyncStates;
import io.github.keycloakgigya.sync.bulk.BulkPath;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/** Looks from time to time for runs whose node is gone, and goes on with them on this one. */
public final class LeavingWatch implements ScheduledTask {

    private static final Logger LOG = Logger.getLogger(LeavingWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final LeavingRuns runs;
    private final Function<KeycloakSession, BulkPath> bulk;

    private LeavingWatch(LeavingRuns runs, Function<KeycloakSession, BulkPath> bulk) {
        this.runs = runs;
        this.bulk = bulk;
    }

    /**
     * Looks from now on.
     *
     * @param runs the threads of this node
     * @param bulk tells how users are written in bulk on this server
     */
    public static void keep(
            KeycloakSessionFactory sessions, LeavingRuns runs, Function<KeycloakSession, BulkPath> bulk) {
        KeycloakModelUtils.runJobInTransaction(
                sessions,
                session -> session.getProvider(TimerProvider.class)
                        .scheduleTask(new LeavingWatch(runs, bulk), INTERVAL.toMillis(), "gigya-leaving-watch"));
    }

    @Override
    public void run(KeycloakSession session) {
        for (var place : SyncStates.placesOf(SyncStates.Work.LEAVING, session)) {
            component(session, place).ifPresent(component -> resume(session, place, component));
        }
    }

    private static Optional<ComponentModel> component(KeycloakSession session, SyncStates.Place place) {
        return Optional.ofNullable(session.realms().getRealm(place.realmId()))
                .map(realm -> realm.getComponent(place.componentId()))
                .filter(component -> StorageSettings.PROVIDER_ID.equals(component.getProviderId()));
    }

    private void resume(KeycloakSession session, SyncStates.Place place, ComponentModel component) {
        try {
            new Leaving(session.getKeycloakSessionFactory(), place.realmId(), component, bulk.apply(session), runs)
                    .resume();
        } catch (RuntimeException unavailable) {
            LOG.debugf("A transfer can't go on: %s", unavailable.getClass());
        }
    }
}
