package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.sync.SyncState;
import io.github.keycloakgigya.sync.SyncStates;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.keycloak.models.KeycloakSessionFactory;

/** The way of one federation to Keycloak alone. */
public final class Leaving {

    private final SyncStates states;

    /** The way of a federation. Nothing is read yet. */
    public Leaving(KeycloakSessionFactory sessions, String realmId, String componentId) {
        this.states = new SyncStates(sessions, SyncStates.Work.LEAVING, realmId, componentId);
    }

    /**
     * How far a run is, as an administrator is told.
     *
     * @param status {@code none}, {@code running}, {@code stopping}, {@code stopped}, {@code finished}, {@code failed}
     * @param started when it was started; null where none was
     * @param seconds how long it has worked
     * @param done how many accounts it has dealt with
     * @param total how many there are, as Gigya counts them; 0 where nobody knows
     * @param perSecond how many it deals with in a second
     * @param secondsLeft how long it takes still; -1 where nobody knows
     * @param states how many accounts are in which state
     * @param failed of how many nothing could be found out
     * @param reason why it ended early; empty text where it did not
     */
    public record Progress(
            String status,
            Instant started,
            long seconds,
            long done,
            long total,
            long perSecond,
            long secondsLeft,
            Map<String, LeavingTally.Count> states,
            long failed,
            String reason) {

        private static Progress of(LeavingProgress progress) {
            return new Progress(
                    progress.status().name().toLowerCase(Locale.ROOT),
                    progress.status() == LeavingProgress.Status.NONE ? null : progress.started(),
                    progress.millis() / 1000,
                    progress.done(),
                    progress.total(),
                    progress.perSecond(),
                    progress.secondsLeft(),
                    progress.tally().counts(),
                    progress.tally().failed(),
                    progress.reason());
        }
    }

    /** {@return how far the last run is, on whatever node} */
    public Progress progress() {
        return Progress.of(states.present()
                .map(SyncState::memo)
                .map(LeavingProgress::parse)
                .orElse(LeavingProgress.NONE));
    }
}
