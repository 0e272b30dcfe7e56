package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.settings.AdminMessages;
import io.github.keycloakgigya.settings.SavedSettings;
import io.github.keycloakgigya.settings.SettingLabels;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.Map;
import java.util.Optional;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Mappers that can't do their work. Keycloak asks no mapper whether its settings can be used (IdentityProviderResource of
 * 26.7).
 *
 * @param session of the request that saves one
 */
record SavedMappers(KeycloakSession session) implements SavedSettings {

    private static final Map<String, String> LABELS_OF_KEYCLOAK =
            Map.of(IdentityProviderMapperModel.SYNC_MODE, "syncModeOverride");

    @Override
    public Optional<String> refusal(RealmModel realm, String id) {
        var mapper = Optional.ofNullable(session.identityProviders().getMapperById(id));
        return mapper.flatMap(found -> kindOf(found).flatMap(kind -> refusal(realm, found, kind)));
    }

    private Optional<GigyaMapper> kindOf(IdentityProviderMapperModel mapper) {
        return session.getKeycloakSessionFactory()
                                .getProviderFactory(IdentityProviderMapper.class, mapper.getIdentityProviderMapper())
                        instanceof GigyaMapper ours
                ? Optional.of(ours)
                : Optional.empty();
    }

    private Optional<String> refusal(RealmModel realm, IdentityProviderMapperModel mapper, GigyaMapper kind) {
        try {
            kind.check(session, realm, mapper);
            return Optional.empty();
        } catch (SettingsException refused) {
            var labels = SettingLabels.of(kind.getConfigProperties(), LABELS_OF_KEYCLOAK);
            return Optional.of(new AdminMessages(session, realm, labels).of(refused));
        }
    }
}
