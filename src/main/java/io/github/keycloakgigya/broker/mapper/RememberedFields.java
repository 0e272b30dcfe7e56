package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which fields the mappers of an identity provider needed at the last sign-in, so that the next one can ask Gigya without
 * reading them from the database. Belongs to one node and is safe for many threads.
 *
 * <p>Keycloak reads the mappers itself later in the sign-in, and each makes sure that its field was asked for: what is
 * remembered wrongly costs a second call, and never gives a wrong result.
 */
public final class RememberedFields {

    private static final int MOST = 10_000;

    private final Map<String, Set<GigyaField>> byProvider = new ConcurrentHashMap<>();

    /**
     * {@return the fields; empty where nothing is known}
     *
     * @param providerId the internal id, which no two realms share
     */
    Optional<Set<GigyaField>> of(String providerId) {
        return Optional.ofNullable(byProvider.get(providerId));
    }

    /** Remembers what the mappers needed. */
    void put(String providerId, Set<GigyaField> fields) {
        if (byProvider.size() >= MOST) {
            byProvider.clear();
        }
        byProvider.put(providerId, Set.copyOf(fields));
    }
}
