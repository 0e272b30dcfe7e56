package io.github.keycloakgigya.federation;

import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The database connection of a Keycloak session. */
final class JpaConnection {

    private JpaConnection() {}

    /**
     * {@return whether a session has used the database, and so keeps a connection until its transaction ends; true also
     * where there is no such database}
     */
    static boolean isHeldBy(KeycloakSession session) {
        var connection = session.getProvider(JpaConnectionProvider.class);
        return connection == null
                || connection
                        .getEntityManager()
                        .unwrap(SharedSessionContractImplementor.class)
                        .getJdbcCoordinator()
                        .getLogicalConnection()
                        .isPhysicallyConnected();
    }
}
