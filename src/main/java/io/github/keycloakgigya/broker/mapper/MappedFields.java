package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.federation.JpaBriefReading;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Which fields the mappers of an identity provider need, so that one call asks Gigya for all of them. */
public final class MappedFields {

    private final Memory memory;
    private final String providerId;
    private final Set<GigyaField> ofThisSignIn = new LinkedHashSet<>();

    /**
     * Begins a sign-in, whose mappers have needed nothing yet.
     *
     * @param memory of all sign-ins on this node
     * @param providerId the internal id of the identity provider
     */
    public MappedFields(Memory memory, String providerId) {
        this.memory = memory;
        this.providerId = providerId;
    }

    /** {@return what mappers needed when somebody last signed in on this node; empty where this is not known} */
    public Optional<Set<GigyaField>> ofLastSignIn() {
        return memory.of(providerId);
    }

    /**
     * {@return what all mappers of a provider need by their settings} Keycloak does not cache an identity provider's
     * mappers: this runs one SQL statement.
     *
     * @param alias of the identity provider
     * @throws SettingsException naming the first setting of a mapper that can't be used
     */
    public static Set<GigyaField> bySettings(KeycloakSession session, RealmModel realm, String alias)
            throws SettingsException {
        var fields = new LinkedHashSet<GigyaField>();
        var mappers = new JpaBriefReading(session, realm)
                .of((own, ownRealm) ->
                        own.identityProviders().getMappersByAliasStream(alias).toList());
        for (var mapper : mappers) {
            fields.addAll(bySettings(session, realm, mapper));
        }
        return fields;
    }

    // Keycloak's own mappers that fit any provider need nothing of an account.
    private static Set<GigyaField> bySettings(
            KeycloakSession session, RealmModel realm, IdentityProviderMapperModel mapper) throws SettingsException {
        var factory = session.getKeycloakSessionFactory()
                .getProviderFactory(IdentityProviderMapper.class, mapper.getIdentityProviderMapper());
        return factory instanceof Reader reader ? reader.fields(mapper, session, realm) : Set.of();
    }

    /** Notes what a mapper of this sign-in needs. */
    void add(Set<GigyaField> fields) {
        ofThisSignIn.addAll(fields);
    }

    /** Remembers what the mappers of this sign-in needed, after Keycloak went through all of them. */
    public void remember() {
        if (!ofLastSignIn().equals(Optional.of(ofThisSignIn))) {
            memory.put(providerId, ofThisSignIn);
        }
    }

    /** A kind of mapper that reads an account. */
    interface Reader {

        /**
         * {@return what a mapper of the kind needs}
         *
         * @throws SettingsException naming the mapper, and the first setting that can't be used
         */
        Set<GigyaField> fields(IdentityProviderMapperModel mapper, KeycloakSession session, RealmModel realm)
                throws SettingsException;
    }

    /** An identity provider whose mappers tell it what they need. */
    public interface Keeper {

        /** {@return the fields that the mappers of this sign-in need} */
        MappedFields mappedFields();
    }

    /**
     * What mappers needed at the last sign-in, so that the next one can ask Gigya without reading them from the database.
     * Belongs to one node and is safe for many threads.
     *
     * <p>Keycloak reads the mappers itself later in the sign-in, and each makes sure that its field was asked for: what is
     * remembered wrongly costs a second call, and never gives a wrong result.
     */
    public static final class Memory {

        private static final int MOST = 10_000;

        private final Map<String, Set<GigyaField>> byProvider = new ConcurrentHashMap<>();

        // No two realms share an internal id.
        private Optional<Set<GigyaField>> of(String providerId) {
            return Optional.ofNullable(byProvider.get(providerId));
        }

        private void put(String providerId, Set<GigyaField> fields) {
            if (byProvider.size() >= MOST) {
                byProvider.clear();
            }
            byProvider.put(providerId, Set.copyOf(fields));
        }
    }

    /**
     * A mapper needs a field that Gigya was not asked for: the mappers were changed since the last sign-in on this
     * node.
     */
    public static final class UnaskedFieldException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** There is nothing to say besides. */
        public UnaskedFieldException() {
            super("a mapper needs a field that was not asked for");
        }
    }
}
