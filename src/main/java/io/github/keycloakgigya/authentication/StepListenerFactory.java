package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.authentication.GigyaStep.AuthenticatorSettings;
import io.github.keycloakgigya.authentication.GigyaStep.GigyaStepFactory;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.settings.AdminMessages;
import io.github.keycloakgigya.settings.AdminMessages.SettingLabels;
import io.github.keycloakgigya.settings.GlobalListenerFactory;
import io.github.keycloakgigya.settings.SavedSettingsListener;
import io.github.keycloakgigya.settings.SavedSettingsListener.Save;
import io.github.keycloakgigya.settings.SavedSettingsListener.SavedSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Listens in every realm for settings of steps that administrators save; there is nothing to configure. */
public final class StepListenerFactory implements GlobalListenerFactory {

    public static final String PROVIDER_ID = "gigya-saved-steps";

    // A step can be added with settings that are there already. One that is there and wrong may be switched off.
    private static final Set<Save> SAVES = Set.of(
            new Save(ResourceType.AUTHENTICATOR_CONFIG, OperationType.CREATE),
            new Save(ResourceType.AUTHENTICATOR_CONFIG, OperationType.UPDATE),
            new Save(ResourceType.AUTH_EXECUTION, OperationType.CREATE));

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SavedSettingsListener(session, SAVES, new SavedSteps(session));
    }

    /**
     * Settings of steps that would stop every sign-in. Keycloak asks no step whether its settings can be used
     * (AuthenticationManagementResource of 26.7).
     *
     * @param session of the request that saves some
     */
    record SavedSteps(KeycloakSession session) implements SavedSettings {

        /** {@inheritDoc} That of the settings, or of a step that is added with settings. */
        @Override
        public Optional<String> refusal(RealmModel realm, String id) {
            var added = Optional.ofNullable(realm.getAuthenticationExecutionById(id));
            var config = Optional.ofNullable(
                    realm.getAuthenticatorConfigById(added.map(AuthenticationExecutionModel::getAuthenticatorConfig)
                            .orElse(id)));
            return config.flatMap(saved -> Stream.concat(added.stream(), stepsWith(realm, saved))
                    .flatMap(this::ours)
                    .findFirst()
                    .flatMap(step -> refusal(realm, saved, step)));
        }

        private static Stream<AuthenticationExecutionModel> stepsWith(
                RealmModel realm, AuthenticatorConfigModel config) {
            return realm.getAuthenticationFlowsStream()
                    .flatMap(flow -> realm.getAuthenticationExecutionsStream(flow.getId()))
                    .filter(step -> config.getId().equals(step.getAuthenticatorConfig()));
        }

        private Stream<GigyaStepFactory> ours(AuthenticationExecutionModel step) {
            // A flow in a flow is no step of anybody's.
            return step.getAuthenticator() != null
                            && session.getKeycloakSessionFactory()
                                            .getProviderFactory(Authenticator.class, step.getAuthenticator())
                                    instanceof GigyaStepFactory factory
                    ? Stream.of(factory)
                    : Stream.empty();
        }

        private Optional<String> refusal(RealmModel realm, AuthenticatorConfigModel config, GigyaStepFactory step) {
            try {
                var settings = AuthenticatorSettings.parse(config);
                requireClear(realm, settings.federationProvider());
                return Optional.empty();
            } catch (SettingsException refused) {
                var labels = SettingLabels.of(step.getConfigProperties(), Map.of());
                return Optional.of(new AdminMessages(session, realm, labels).of(refused));
            }
        }

        private void requireClear(RealmModel realm, Optional<String> federation) throws SettingsException {
            try {
                new GigyaFederations(session, realm).requireClear(federation);
            } catch (SettingsException unclear) {
                throw new SettingsException(
                        "gigyaSettingRefused", new SettingName(AuthenticatorSettings.FEDERATION_PROVIDER), unclear);
            }
        }
    }
}
