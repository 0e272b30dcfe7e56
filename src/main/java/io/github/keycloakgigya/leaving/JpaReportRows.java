package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.JpaStoredUsers;
import io.github.keycloakgigya.leaving.ReportRow.LeavingMark;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** Lists the users of a federation, and those who have left it, which Keycloak's model API can't look up. */
final class JpaReportRows {

    private static final String USERS = """
            select u.id, u.username, u.enabled, u.federationLink from UserEntity u
            where u.realmId = :realm and u.id > :after and (u.federationLink = :federation
            or (u.federationLink is null and exists (select 1 from UserAttributeEntity a
            where a.user = u and a.name = :released and a.value = :federation)))
            order by u.id""";
    private static final String ATTRIBUTES = """
            select a.user.id, a.name, a.value from UserAttributeEntity a
            where a.user.id in :ids and a.name in :names""";
    private static final List<String> NAMES = List.of(LeavingMark.ATTRIBUTE, FederatedUser.PASSWORD);

    // Before all ids, and no empty text, which is null to some databases.
    private static final String FIRST = " ";

    private final EntityManager entities;
    private final Federation federation;

    JpaReportRows(Federation federation) {
        this.entities =
                federation.session().getProvider(JpaConnectionProvider.class).getEntityManager();
        this.federation = federation;
    }

    /**
     * {@return users in the order of their ids}
     *
     * @param id only users behind this id; empty text for the first
     * @param most how many at most
     */
    List<ReportRow> after(String id, int most) {
        var rows = new ArrayList<ReportRow>();
        var last = id;
        while (rows.size() < most) {
            var users = users(last, most - rows.size());
            if (users.isEmpty()) {
                break;
            }
            rows.addAll(rows(trueOnes(users)));
            last = (String) users.get(users.size() - 1)[0];
        }
        return rows;
    }

    private List<Object[]> users(String id, int most) {
        return entities.createQuery(USERS, Object[].class)
                .setParameter("realm", federation.realm().getId())
                .setParameter("after", id.isEmpty() ? FIRST : id)
                .setParameter("federation", federation.id())
                .setParameter("released", FederatedUser.RELEASED)
                .setMaxResults(most)
                .getResultList();
    }

    // Users of Keycloak's own may be able to write the attribute by which those who have left are found.
    private List<Object[]> trueOnes(List<Object[]> users) {
        var local = users.stream()
                .filter(JpaReportRows::isLocal)
                .map(user -> (String) user[0])
                .toList();
        var stored = new JpaStoredUsers(federation.session(), federation.realm(), entities);
        var mark = federation.released();
        mark.read(stored, local);
        var left = stored.byIds(local).stream()
                .filter(user -> mark.uidOf(user).isPresent())
                .map(user -> user.getId())
                .collect(Collectors.toSet());
        return users.stream()
                .filter(user -> !isLocal(user) || left.contains(user[0]))
                .toList();
    }

    private static boolean isLocal(Object[] user) {
        return user[3] == null;
    }

    private List<ReportRow> rows(List<Object[]> users) {
        var attributes = attributes(users.stream().map(user -> (String) user[0]).toList());
        return users.stream()
                .map(user -> row(user, attributes.getOrDefault(user[0], Map.of())))
                .toList();
    }

    private static ReportRow row(Object[] user, Map<String, String> attributes) {
        return ReportRow.of(new ReportRow.Stored(
                (String) user[0],
                (String) user[1],
                (boolean) user[2],
                isLocal(user),
                Optional.ofNullable(attributes.get(LeavingMark.ATTRIBUTE)).flatMap(LeavingMark::parse),
                Optional.ofNullable(attributes.get(FederatedUser.PASSWORD))));
    }

    private Map<String, Map<String, String>> attributes(List<String> ids) {
        var attributes = new HashMap<String, Map<String, String>>();
        if (!ids.isEmpty()) {
            entities.createQuery(ATTRIBUTES, Object[].class)
                    .setParameter("ids", ids)
                    .setParameter("names", NAMES)
                    .getResultStream()
                    .filter(row -> row[2] != null)
                    .forEach(row -> attributes
                            .computeIfAbsent((String) row[0], first -> new HashMap<>())
                            .putIfAbsent((String) row[1], (String) row[2]));
        }
        return attributes;
    }
}
