package io.github.keycloakgigya.sync;

import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Lists the keys of {@link SyncStates}, which Keycloak's own provider does not before 26.6. */
final class JpaStateKeys {

    private JpaStateKeys() {}

    static List<String> beginningWith(String prefix, KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("select c.key from ServerConfigEntity c where c.key like :prefix", String.class)
                .setParameter("prefix", prefix + "%")
                .getResultList();
    }
}
