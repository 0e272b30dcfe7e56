package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.settings.GigyaConnector;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.VaultSecrets;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.storage.UserStorageProviderFactory;

/** The user federation {@code gigya}, as an administrator adds it to a realm. */
public final class GigyaUserStorageProviderFactory implements UserStorageProviderFactory<GigyaUserStorageProvider> {

    public static final String PROVIDER_ID = "gigya";

    private final BulkPath bulk = new BulkPath();

    @Override
    public void init(Config.Scope config) {
        bulk.init(config);
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getHelpText() {
        return "gigyaUserFederationHelp";
    }

    @Override
    public GigyaUserStorageProvider create(KeycloakSession session, ComponentModel model) {
        return new GigyaUserStorageProvider();
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return StorageProperties.all();
    }

    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel model) {
        try {
            parse(session, model);
            StoredSecret.of(realm, model).requireTypedAgainFor(model);
        } catch (SettingsException refused) {
            throw new ComponentValidationException(refused.messageKey(), refused.parameters());
        }
    }

    /** {@return how users are written in bulk on this server} */
    BulkPath bulk() {
        return bulk;
    }

    static StorageSettings parse(KeycloakSession session, ComponentModel model) throws SettingsException {
        var settings = StorageSettings.parse(SettingsReader.ofComponent(model.getConfig()), new VaultSecrets(session));
        session.getProvider(GigyaConnector.class)
                .requireAllowed(settings.site().site().domain());
        return settings;
    }
}
