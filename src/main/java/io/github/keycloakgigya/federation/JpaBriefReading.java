package io.github.keycloakgigya.federation;

import java.util.Optional;
import java.util.function.BiFunction;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Reads before a call to Gigya. A request keeps the database connection of its first statement until its end (Hibernate
 * with JTA in Keycloak 26.5 to 26.7), so what is read beforehand would hold one for as long as Gigya takes. This reads in
 * a session of its own, which gives its connection back; users are in Keycloak's cache then, where the request finds them
 * without the database. A request that holds a connection already goes on with that one: it never needs two.
 */
public final class JpaBriefReading {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Reads for the request of this session. */
    public JpaBriefReading(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * {@return what is read}
     *
     * @param reading gets the session that it reads with, and the realm as that one sees it; its answer must not need them
     *     any more
     */
    public <T> T of(BiFunction<KeycloakSession, RealmModel, T> reading) {
        return isHeldBy(session) ? reading.apply(session, realm) : apart(reading);
    }

    /** {@return the user who is found, as the request sees it} */
    public Optional<UserModel> user(BiFunction<KeycloakSession, RealmModel, Optional<UserModel>> search) {
        if (isHeldBy(session)) {
            return search.apply(session, realm);
        }
        var found = apart((own, ownRealm) -> search.apply(own, ownRealm).map(user -> user.getId()));
        return found.flatMap(id -> Optional.ofNullable(session.users().getUserById(realm, id)));
    }

    private <T> T apart(BiFunction<KeycloakSession, RealmModel, T> reading) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> reading.apply(own, own.realms().getRealm(realm.getId())),
                "gigya-reading");
    }

    /**
     * {@return whether a session has used the database, and so keeps a connection until its transaction ends; true also
     * where there is no such database}
     */
    private static boolean isHeldBy(KeycloakSession session) {
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
