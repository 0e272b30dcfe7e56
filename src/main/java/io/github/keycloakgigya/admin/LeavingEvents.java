package io.github.keycloakgigya.admin;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Tells by admin events what administrators do to leave Gigya. What was done stays done where a request fails in the midst of
 * it, but Keycloak throws away what such a request told: that is told in a transaction of its own.
 */
final class LeavingEvents {

    private final KeycloakSession session;
    private final AdminEventBuilder events;
    private final String componentId;

    LeavingEvents(KeycloakSession session, AdminEventBuilder events, String componentId) {
        this.session = session;
        this.events = events;
        this.componentId = componentId;
    }

    /** Tells something that is done. */
    void tell(String what) {
        event(events, what).success();
    }

    /**
     * Tells something that may be done in part, in a request that fails.
     *
     * @param why to be thrown by the caller
     */
    void tellOfFailed(String what, RuntimeException why) {
        apart(own -> event(own, what).success(), why);
    }

    /**
     * {@return what work results in} Tells that; where the work fails, what it was done with until then.
     *
     * @param nothing what nothing results in
     * @param work says what it is done with so far
     */
    <R> R told(String what, R nothing, Function<Consumer<R>, R> work) {
        var done = new AtomicReference<>(nothing);
        R result;
        try {
            result = work.apply(done::set);
        } catch (RuntimeException brokenOff) {
            if (!nothing.equals(done.get())) {
                apart(own -> event(own, what).representation(done.get()).success(), brokenOff);
            }
            throw brokenOff;
        }
        event(events, what).representation(result).success();
        return result;
    }

    // What broke the request off may keep it from telling as well, and is what the administrator has to read.
    private void apart(Consumer<AdminEventBuilder> telling, RuntimeException why) {
        try {
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> telling.accept(events.clone(own)));
        } catch (RuntimeException untold) {
            why.addSuppressed(untold);
        }
    }

    private AdminEventBuilder event(AdminEventBuilder builder, String what) {
        return builder.operation(OperationType.ACTION)
                .resource(ResourceType.COMPONENT)
                .resourcePath("gigya", "leaving", componentId, what);
    }
}
