package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.federation.BriefReading;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Which fields the mappers of an identity provider need, so that one call asks for all of them. */
public final class MapperFields {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Looks at the mappers of a realm. */
    public MapperFields(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * {@return what all mappers of a provider need together} Keycloak does not cache an identity provider's mappers: this
     * runs one SQL statement.
     *
     * @throws SettingsException naming the first setting of a mapper that can't be used
     */
    public Set<GigyaField> of(String alias) throws SettingsException {
        var fields = new LinkedHashSet<GigyaField>();
        var mappers = new BriefReading(session, realm)
                .of((own, ownRealm) ->
                        own.identityProviders().getMappersByAliasStream(alias).toList());
        for (var mapper : mappers) {
            fields.addAll(of(mapper));
        }
        return fields;
    }

    // Keycloak's own mappers that fit any provider need nothing of an account.
    private Set<GigyaField> of(IdentityProviderMapperModel mapper) throws SettingsException {
        var factory = session.getKeycloakSessionFactory()
                .getProviderFactory(IdentityProviderMapper.class, mapper.getIdentityProviderMapper());
        return factory instanceof AccountMapper ours
                ? ours.mapping(mapper, session, realm).fields()
                : Set.of();
    }
}
