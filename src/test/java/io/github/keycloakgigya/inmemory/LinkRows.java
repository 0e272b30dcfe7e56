package io.github.keycloakgigya.inmemory;

import static org.mockito.Answers.RETURNS_DEEP_STUBS;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.metamodel.Attribute;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.Metamodel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** Keycloak's table of links, as far as one JPQL query reads it: by UIDs, as account, user and identity provider. */
final class LinkRows {

    private final InMemoryUsers users;
    private Set<String> columns = Set.of("user", "realmId", "identityProvider", "userId", "userName", "token");

    LinkRows(InMemoryUsers users) {
        this.users = users;
    }

    JpaConnectionProvider connection() {
        var entities = mock(EntityManager.class);
        when(entities.createQuery(contains(" from FederatedIdentityEntity "), eq(Object[].class)))
                .thenAnswer(call -> query());
        // A request that has used the database before, and so reads on.
        var hibernate = mock(SharedSessionContractImplementor.class, RETURNS_DEEP_STUBS);
        when(hibernate.getJdbcCoordinator().getLogicalConnection().isPhysicallyConnected())
                .thenReturn(true);
        when(entities.unwrap(SharedSessionContractImplementor.class)).thenReturn(hibernate);
        when(entities.getMetamodel()).thenAnswer(call -> metamodel());
        var connection = mock(JpaConnectionProvider.class);
        when(connection.getEntityManager()).thenReturn(entities);
        return connection;
    }

    /** The table loses a column, as it may with a later Keycloak. */
    void lose(String column) {
        columns = columns.stream().filter(kept -> !kept.equals(column)).collect(Collectors.toSet());
    }

    private Metamodel metamodel() {
        EntityType<?> entity = mock(EntityType.class);
        when(entity.getName()).thenReturn("FederatedIdentityEntity");
        when(entity.getAttributes())
                .thenAnswer(call -> columns.stream()
                        .map(name -> {
                            var column = mock(Attribute.class);
                            when(column.getName()).thenReturn(name);
                            return column;
                        })
                        .collect(Collectors.toSet()));
        var metamodel = mock(Metamodel.class);
        when(metamodel.getEntities()).thenReturn(Set.of(entity));
        return metamodel;
    }

    @SuppressWarnings("unchecked")
    private TypedQuery<Object[]> query() {
        Map<String, Object> parameters = new HashMap<>();
        TypedQuery<Object[]> query = mock(TypedQuery.class);
        when(query.setParameter(anyString(), any(Object.class))).thenAnswer(call -> {
            parameters.put(call.getArgument(0), call.getArgument(1));
            return query;
        });
        when(query.getResultStream())
                .thenAnswer(call -> users.links().stream()
                        .filter(link -> ((Collection<String>) parameters.get("uids"))
                                .contains(link.identity().getUserId()))
                        .map(link -> new Object[] {
                            link.identity().getUserId(),
                            link.userId(),
                            link.identity().getIdentityProvider()
                        }));
        return query;
    }
}
