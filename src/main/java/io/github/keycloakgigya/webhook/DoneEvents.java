package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.token.Fingerprint;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Remembers on all nodes, for a while, that the events of an errand are done, so that a message that comes again costs
 * nothing: one that was sent to two nodes, or whose first try ended early. To do an event twice does no harm.
 */
final class DoneEvents {

    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final String PREFIX = "gigya-event:";

    private final String componentId;
    private final Errand errand;

    DoneEvents(String componentId, Errand errand) {
        this.componentId = componentId;
        this.errand = errand;
    }

    boolean areDone(KeycloakSession session) {
        var store = session.getProvider(SingleUseObjectProvider.class);
        return errand.isWhole() && errand.events().stream().allMatch(event -> store.contains(key(event)));
    }

    /** Remembers it, and returns whether there was anything to remember. */
    boolean done(KeycloakSession session) {
        var store = session.getProvider(SingleUseObjectProvider.class);
        errand.events().forEach(event -> store.putIfAbsent(key(event), MEMORY.toSeconds()));
        return !errand.events().isEmpty();
    }

    private String key(String event) {
        return PREFIX
                + Fingerprint.of(
                        componentId + '\0' + event + '\0' + errand.uid().value());
    }
}
