package io.github.keycloakgigya.sync.bulk;

import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.keycloak.Config;

/**
 * Chooses how users are written in bulk: through Keycloak's JPA entities where they fit, and through its model API
 * otherwise, or where the server option {@code --spi-storage--gigya--bulk-writes=model} says so.
 */
public final class BulkPath {

    private static final Logger LOG = Logger.getLogger(BulkPath.class);

    private static final String OPTION = "bulkWrites";
    private static final String ENTITIES = "entities";
    private static final String MODEL = "model";

    private final AtomicReference<String> choice = new AtomicReference<>();

    /**
     * Reads the server option.
     *
     * @throws IllegalArgumentException where it is neither {@code entities} nor {@code model}
     */
    public void init(Config.Scope config) {
        var option = config.get(OPTION, ENTITIES);
        switch (option) {
            case ENTITIES -> choice.set(null);
            case MODEL -> choose(MODEL, "the server option says so");
            default ->
                throw new IllegalArgumentException(
                        "the option spi-storage--gigya--bulk-writes is 'entities' or 'model', but not '" + option
                                + "'");
        }
    }

    /** {@return the way to write a federation's users} */
    public BulkUsers users(DetachedFederation federation) {
        if (choice.get() == null) {
            choose(federation);
        }
        return MODEL.equals(choice.get()) ? new ModelBulkUsers(federation) : new JpaBulkUsers(federation);
    }

    private void choose(DetachedFederation federation) {
        try {
            if (federation.inTransaction((session, realm) -> JpaFit.isGiven(session))) {
                choose(ENTITIES, "they are as expected");
            } else {
                choose(MODEL, "this Keycloak's entities are not as expected");
            }
        } catch (LinkageError | IllegalArgumentException unknownEntity) {
            choose(MODEL, "this Keycloak's entities are not as expected");
        }
    }

    private void choose(String name, String why) {
        if (choice.compareAndSet(null, name)) {
            LOG.infof(
                    "Users are written in bulk through Keycloak's %s: %s",
                    MODEL.equals(name) ? "model API" : "JPA entities", why);
        }
    }
}
