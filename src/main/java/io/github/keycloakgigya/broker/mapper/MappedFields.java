package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Which fields the mappers of one sign-in need, for the next one to ask Gigya for. */
public final class MappedFields {

    /** An identity provider whose mappers tell it what they need. */
    public interface Keeper {

        /** {@return the fields that the mappers of this sign-in need} */
        MappedFields mappedFields();
    }

    private final RememberedFields remembered;
    private final String providerId;
    private final Set<GigyaField> mapped = new LinkedHashSet<>();

    /**
     * Begins with none.
     *
     * @param remembered those of all sign-ins on this node
     * @param providerId the internal id of the identity provider
     */
    public MappedFields(RememberedFields remembered, String providerId) {
        this.remembered = remembered;
        this.providerId = providerId;
    }

    /** {@return the fields that mappers needed when somebody last signed in; empty where this is not known} */
    public Optional<Set<GigyaField>> ofLastSignIn() {
        return remembered.of(providerId);
    }

    /** Notes what a mapper of this sign-in needs. */
    void add(Set<GigyaField> fields) {
        mapped.addAll(fields);
    }

    /** Remembers what the mappers of this sign-in needed, after Keycloak went through all of them. */
    public void remember() {
        if (!ofLastSignIn().equals(Optional.of(mapped))) {
            remembered.put(providerId, mapped);
        }
    }
}
