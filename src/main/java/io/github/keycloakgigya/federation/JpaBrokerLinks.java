package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** As Keycloak's table of links tells them: one statement for any number of accounts and identity providers. */
public final class JpaBrokerLinks extends BrokerLinks {

    private static final String ENTITY = "FederatedIdentityEntity";
    private static final Set<String> COLUMNS = Set.of("realmId", "user", "userId", "identityProvider");

    JpaBrokerLinks(KeycloakSession session, RealmModel realm, StorageSettings settings) {
        super(session, realm, settings);
    }

    /** {@return whether the running Keycloak has the entity with all that is read of it} */
    public static boolean isFit(KeycloakSession session) {
        var connection = session.getProvider(JpaConnectionProvider.class);
        return connection != null
                && connection.getEntityManager().getMetamodel().getEntities().stream()
                        .filter(entity -> ENTITY.equals(entity.getName()))
                        .anyMatch(entity -> entity.getAttributes().stream()
                                .map(column -> column.getName())
                                .collect(Collectors.toSet())
                                .containsAll(COLUMNS));
    }

    // By the index of UIDs. Some databases take no notice of letter case, so that the UIDs are compared again.
    @Override
    Map<Uid, String> linked(Collection<Uid> uids) {
        var ids = new HashMap<Uid, String>();
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select l.userId, l.user.id, l.identityProvider from FederatedIdentityEntity l"
                                + " where l.realmId = :realm and l.userId in :uids",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("uids", uids.stream().map(Uid::value).toList())
                .getResultStream()
                .filter(row -> isOfAccounts((String) row[2]))
                .forEach(row -> Uid.of((String) row[0])
                        .filter(uids::contains)
                        .ifPresent(uid -> ids.putIfAbsent(uid, (String) row[1])));
        return ids;
    }
}
