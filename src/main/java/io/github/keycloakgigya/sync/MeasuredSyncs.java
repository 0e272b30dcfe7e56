package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.monitoring.SyncMeter;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.UserStorageProviderModel;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Keeps what the metrics of this node say of federations true. Nobody tells a node that another one has removed or renamed
 * a federation, so this looks from time to time.
 */
public final class MeasuredSyncs implements ScheduledTask {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    /** Looks from now on. */
    public static void keepTrue(KeycloakSessionFactory sessions) {
        KeycloakModelUtils.runJobInTransaction(
                sessions,
                session -> session.getProvider(TimerProvider.class)
                        .scheduleTask(new MeasuredSyncs(), INTERVAL.toMillis(), "gigya-measured-syncs"));
    }

    /** {@return what measures the syncs of a federation on this node} */
    static SyncMeter meter(KeycloakSessionFactory sessions, String realmId, UserStorageProviderModel component) {
        try (var session = sessions.create()) {
            session.getTransactionManager().begin();
            return GigyaConnector.metersOf(session)
                    .syncs()
                    .of(watched(session.realms().getRealm(realmId), component));
        }
    }

    /** Forgets a federation that was removed. */
    public static void forgetFederation(KeycloakSession session, String componentId) {
        GigyaConnector.metersOf(session)
                .syncs()
                .forget(federation -> federation.id().equals(componentId));
    }

    /** Forgets the federations of a realm that was removed. */
    public static void forgetRealm(KeycloakSession session, String realmId) {
        GigyaConnector.metersOf(session)
                .syncs()
                .forget(federation -> federation.realmId().equals(realmId));
    }

    @Override
    public void run(KeycloakSession session) {
        var syncs = GigyaConnector.metersOf(session).syncs();
        var gone = new HashSet<SyncMeter.Federation>();
        for (var federation : syncs.federations()) {
            present(session, federation).ifPresentOrElse(syncs::of, () -> gone.add(federation));
        }
        syncs.forget(gone::contains);
    }

    private static Optional<SyncMeter.Federation> present(KeycloakSession session, SyncMeter.Federation federation) {
        return Optional.ofNullable(session.realms().getRealm(federation.realmId()))
                .flatMap(realm -> Optional.ofNullable(realm.getComponent(federation.id()))
                        .map(UserStorageProviderModel::new)
                        .filter(component -> component.isEnabled() && component.isImportEnabled())
                        .map(component -> watched(realm, component)));
    }

    private static SyncMeter.Federation watched(RealmModel realm, UserStorageProviderModel component) {
        var period = IntStream.of(component.getChangedSyncPeriod(), component.getFullSyncPeriod())
                .filter(seconds -> seconds > 0)
                .min()
                .orElse(0);
        return new SyncMeter.Federation(
                realm.getId(), component.getId(), realm.getName(), component.getName(), Duration.ofSeconds(period));
    }
}
