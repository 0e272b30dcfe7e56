package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.federation.settings.StorageSettings;
import jakarta.ws.rs.NotFoundException;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageProvider;

/** The Gigya user federation that a request names. */
final class NamedFederation {

    private NamedFederation() {}

    /**
     * {@return the federation}
     *
     * @param id of a component; may be null
     * @throws NotFoundException where the realm has no such component, or it is another
     */
    static ComponentModel of(RealmModel realm, String id) {
        var component = id == null ? null : realm.getComponent(id);
        if (component == null
                || !UserStorageProvider.class.getName().equals(component.getProviderType())
                || !StorageSettings.PROVIDER_ID.equals(component.getProviderId())) {
            throw new NotFoundException("Could not find component");
        }
        return component;
    }
}
