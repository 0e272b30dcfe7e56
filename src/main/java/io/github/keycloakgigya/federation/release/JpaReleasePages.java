package io.github.keycloakgigya.federation.release;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** Lists users by what Keycloak's model API can't look them up by: their link, or that they have none. */
final class JpaReleasePages {

    private final EntityManager entities;
    private final Federation federation;

    JpaReleasePages(Federation federation) {
        this.entities =
                federation.session().getProvider(JpaConnectionProvider.class).getEntityManager();
        this.federation = federation;
    }

    /**
     * {@return the ids of users of the federation, in their order}
     *
     * @param id only behind this id; empty text for the first
     */
    List<String> linked(String id, int most) {
        return page("u.federationLink = :federation", id, most);
    }

    /** {@return the same of users who say that they have left it, which others can say too} */
    List<String> released(String id, int most) {
        return page(
                "u.federationLink is null and exists (select a.id from UserAttributeEntity a where a.user = u"
                        + " and a.name = '" + FederatedUser.RELEASED + "' and a.value = :federation)",
                id,
                most);
    }

    private List<String> page(String condition, String id, int most) {
        // An empty text is null to some databases, and nothing is behind null.
        var behind = id.isEmpty() ? "" : " and u.id > :id";
        var query = entities.createQuery(
                        "select u.id from UserEntity u where u.realmId = :realm and " + condition + behind
                                + " order by u.id",
                        String.class)
                .setParameter("realm", federation.realm().getId())
                .setParameter("federation", federation.id());
        if (!id.isEmpty()) {
            query.setParameter("id", id);
        }
        return query.setMaxResults(most).getResultList();
    }
}
