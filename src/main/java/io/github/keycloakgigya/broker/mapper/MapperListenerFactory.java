package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.settings.AdminMessages;
import io.github.keycloakgigya.settings.AdminMessages.SettingLabels;
import io.github.keycloakgigya.settings.GlobalListenerFactory;
import io.github.keycloakgigya.settings.SavedSettingsListener;
import io.github.keycloakgigya.settings.SavedSettingsListener.Save;
import io.github.keycloakgigya.settings.SavedSettingsListener.SavedSettings;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Listens in every realm for mappers that administrators save; there is nothing to configure. */
public final class MapperListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-saved-mappers";

    private static final Set<Save> SAVES = Set.of(
            new Save(ResourceType.IDENTITY_PROVIDER_MAPPER, OperationType.CREATE),
            new Save(ResourceType.IDENTITY_PROVIDER_MAPPER, OperationType.UPDATE));

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SavedSettingsListener(session, SAVES, new SavedMappers(session));
    }

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
                                    .getProviderFactory(
                                            IdentityProviderMapper.class, mapper.getIdentityProviderMapper())
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
}
