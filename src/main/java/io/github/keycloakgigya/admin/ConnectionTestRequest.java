package io.github.keycloakgigya.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.federation.check.ConnectionCheck;
import io.github.keycloakgigya.federation.check.ConnectionReport;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionStep;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.RepresentationToModel;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.util.JsonSerialization;

/** What an administrator asks to be tested: a saved user federation, or settings as they would be saved. */
final class ConnectionTestRequest {

    private static final String COMPONENT_ID = "componentId";

    private ConnectionTestRequest() {}

    /**
     * {@return what the test found}
     *
     * @param body JSON: a component's representation, or the id of a component
     * @throws BadRequestException where it is neither
     * @throws NotFoundException where it names a component that is no Gigya user federation of the realm
     */
    static ConnectionReport run(KeycloakSession session, RealmModel realm, String body) {
        var request = read(body);
        var stored = Optional.ofNullable(request.remove(COMPONENT_ID))
                .or(() -> Optional.ofNullable(request.get("id")))
                .filter(JsonNode::isTextual)
                .map(id -> stored(realm, id.textValue()));
        var component = component(session, request, stored);
        try {
            GigyaUserStorageProviderFactory.bindSecret(realm, component);
            return ConnectionCheck.of(session, StorageSettings.parse(session, component));
        } catch (SettingsException unusable) {
            return ConnectionReport.unusable(stepOf(unusable), unusable);
        }
    }

    private static ObjectNode read(String body) {
        try {
            if (JsonSerialization.mapper.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            throw new BadRequestException("A component or the id of one was expected", notJson);
        }
        throw new BadRequestException("A component or the id of one was expected");
    }

    private static ComponentModel stored(RealmModel realm, String id) {
        return Optional.ofNullable(realm.getComponent(id))
                .filter(component -> StorageSettings.PROVIDER_ID.equals(component.getProviderId()))
                .orElseThrow(() -> new NotFoundException("There is no such Gigya user federation"));
    }

    // The same way that a component is saved, what a mask stands for included.
    private static ComponentModel component(
            KeycloakSession session, ObjectNode request, Optional<ComponentModel> stored) {
        try {
            var representation = JsonSerialization.mapper.treeToValue(request, ComponentRepresentation.class);
            representation.setProviderType(UserStorageProvider.class.getName());
            representation.setProviderId(StorageSettings.PROVIDER_ID);
            if (stored.isEmpty()) {
                return RepresentationToModel.toModel(session, representation);
            }
            var changed = new ComponentModel(stored.get());
            RepresentationToModel.updateComponent(session, representation, changed, false);
            return changed;
        } catch (IOException notAComponent) {
            throw new BadRequestException("A component or the id of one was expected", notAComponent);
        }
    }

    private static ConnectionStep stepOf(SettingsException unusable) {
        return switch (unusable.messageKey()) {
            case "gigyaApiKeyInvalid", "gigyaApiKeyShort", "gigyaApiKeyCharacters" -> ConnectionStep.API_KEY;
            case "gigyaSecretAgain",
                    "gigyaSecretUnbound",
                    "gigyaSecretInvalid",
                    "gigyaPrivateKeyInvalid",
                    "gigyaUserKeyInvalid",
                    "gigyaUserKeyRequired",
                    "gigyaVaultEntryForAnother",
                    "gigyaVaultEntryMissing" -> ConnectionStep.CREDENTIALS;
            case "gigyaFieldMappingsInvalid", "gigyaSettingField", "gigyaSettingMap" -> ConnectionStep.FIELDS;
            default -> ConnectionStep.REACHABLE;
        };
    }
}
