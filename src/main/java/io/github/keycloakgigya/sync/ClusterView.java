package io.github.keycloakgigya.sync;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Which nodes Keycloak's cluster consists of at a moment, as this node sees it.
 *
 * @param self this node; empty where it is in no cluster
 * @param members all nodes, this one among them; empty where this one is in no cluster
 */
public record ClusterView(String self, Set<String> members) {

    /** The view of a node that knows of no cluster, and so of no node that left. */
    static final ClusterView NONE = new ClusterView("", Set.of());

    public ClusterView {
        members = Set.copyOf(members);
    }

    /** {@return the view of this node now} */
    public static ClusterView of(KeycloakSessionFactory sessions) {
        try (var session = sessions.create()) {
            var infinispan = session.getProvider(InfinispanConnectionProvider.class);
            if (infinispan == null) {
                return NONE;
            }
            // Every node has this cache, also where nothing is shared (26.5 to 26.7).
            var nodes = infinispan
                    .getCache(InfinispanConnectionProvider.REALM_CACHE_NAME)
                    .getCacheManager();
            var members = nodes.getMembers();
            return members == null
                    ? NONE
                    : new ClusterView(
                            id(nodes.getAddress()),
                            members.stream().map(ClusterView::id).collect(Collectors.toSet()));
        }
    }

    // No more than an object: Infinispan's Address is an interface in Keycloak 26.5, and a class in 26.7.
    private static String id(Object address) {
        var name = String.valueOf(address).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString();
    }

    /** {@return whether a node has left the cluster that this one is in} */
    boolean hasLost(String node) {
        return !node.isEmpty() && members.contains(self) && !members.contains(node);
    }
}
