package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.federation.lookup.UnknownNames;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.AdminMessages;
import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.StoredSecrets;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import io.github.keycloakgigya.sync.MeasuredSyncs;
import io.github.keycloakgigya.sync.SyncStates;
import io.github.keycloakgigya.sync.Synchronization;
import io.github.keycloakgigya.sync.bulk.BulkPath;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderFactory;
import org.keycloak.storage.UserStorageProviderModel;
import org.keycloak.storage.user.ImportSynchronization;
import org.keycloak.storage.user.SynchronizationResult;

/** The user federation {@code gigya}, as an administrator adds it to a realm. */
public final class GigyaUserStorageProviderFactory
        implements UserStorageProviderFactory<GigyaUserStorageProvider>,
                ImportSynchronization,
                ExtensionVersion,
                SupportedServersOnly {

    public static final String PROVIDER_ID = StorageSettings.PROVIDER_ID;

    private final BulkPath bulk = new BulkPath();
    private final UnknownNames unknownNames = new UnknownNames(Clock.systemUTC());

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
        return new GigyaUserStorageProvider(session, model, unknownNames);
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return StorageProperties.all();
    }

    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel model) {
        try {
            requirePeriods(SettingsReader.ofComponent(model.getConfig()));
            bindSecret(realm, model);
            FederationSaveCheck.requireAccepted(session, realm, model, StorageSettings.parse(session, model));
        } catch (SettingsException refused) {
            throw new ComponentValidationException(
                    new AdminMessages(session, realm, StorageProperties.labels()).formatOf(refused), refused);
        }
    }

    // Keycloak reads the periods right after the save, and answers "unknown_error" to what is no number (26.7).
    private static void requirePeriods(SettingsReader settings) throws SettingsException {
        for (var period :
                List.of(UserStorageProviderModel.FULL_SYNC_PERIOD, UserStorageProviderModel.CHANGED_SYNC_PERIOD)) {
            settings.number(period, -1, -1, 999_999_999); // -1 is Keycloak's word for never
        }
    }

    /**
     * Binds a secret that was typed to what it was typed for, so that it is of no use for anything else. Keycloak has put
     * what is stored in the place of its mask by now: a text that is stored without what it is for was not typed.
     */
    public static void bindSecret(RealmModel realm, ComponentModel changed) throws SettingsException {
        var settings = SettingsReader.ofComponent(changed.getConfig());
        var toStore = StoredSecrets.toStore(settings);
        // A new component has no id, and Keycloak's database refuses to look that up.
        var stored = Optional.ofNullable(changed.getId())
                .map(realm::getComponent)
                .flatMap(component ->
                        SettingsReader.ofComponent(component.getConfig()).text(SiteSettings.SECRET));
        var isUnbound = !settings.text(SiteSettings.SECRET).equals(Optional.of(toStore));
        if (isUnbound && stored.equals(settings.text(SiteSettings.SECRET))) {
            throw new SettingsException("gigyaSecretUnbound");
        }
        changed.getConfig().putSingle(SiteSettings.SECRET, toStore);
    }

    @Override
    public SynchronizationResult sync(
            KeycloakSessionFactory sessions, String realmId, UserStorageProviderModel component) {
        return new Synchronization(sessions, realmId, component, bulk).full();
    }

    @Override
    public SynchronizationResult syncSince(
            Date lastSync, KeycloakSessionFactory sessions, String realmId, UserStorageProviderModel component) {
        return new Synchronization(sessions, realmId, component, bulk).changed();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            // Keycloak removes the components of a realm without a word to them.
            if (event instanceof RealmRemovedEvent removed) {
                SyncStates.forgetAll(removed.getKeycloakSession(), removed.getRealm());
                MeasuredSyncs.forgetRealm(
                        removed.getKeycloakSession(), removed.getRealm().getId());
            } else if (event instanceof PostMigrationEvent started) {
                MeasuredSyncs.keepTrue(started.getFactory());
            }
        });
    }

    @Override
    public void preRemove(KeycloakSession session, RealmModel realm, ComponentModel component) {
        SyncStates.forget(session, realm.getId(), component.getId());
        MeasuredSyncs.forgetFederation(session, component.getId());
    }

    /** {@return how users are written in bulk on the server of a session} */
    public static BulkPath bulkOf(KeycloakSession session) {
        var factory = (GigyaUserStorageProviderFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(UserStorageProvider.class, StorageSettings.PROVIDER_ID);
        return factory.bulk();
    }

    /** {@return how users are written in bulk on this server} */
    public BulkPath bulk() {
        return bulk;
    }
}
