package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.federation.check.ConnectionCheck;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import jakarta.enterprise.context.ContextNotActiveException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The test of the connection when an administrator saves a user federation.
 *
 * <p>Not when a realm is imported or the server starts with one: a whole realm must not be lost because Gigya is down at
 * that moment. And not when nothing is saved that the test is about, so that an outage keeps nobody from changing the
 * cache policy, and Keycloak itself from noting a sync.
 */
final class FederationSaveCheck {

    private static final Logger LOG = Logger.getLogger(FederationSaveCheck.class);

    // .../admin/realms/{realm}/components, where consoles and scripts save a single component.
    private static final String COMPONENTS = "/components";

    private static final List<String> TESTED = List.of(
            SiteSettings.DATA_CENTER,
            SiteSettings.API_DOMAIN,
            SiteSettings.API_KEY,
            SiteSettings.USER_KEY,
            SiteSettings.SECRET,
            SiteSettings.AUTHORIZATION_METHOD,
            StorageSettings.FIELD_MAPPINGS,
            StorageSettings.USERNAME_FIELD,
            StorageSettings.ORGANIZATIONS,
            StorageSettings.CHECK_CONNECTION_ON_SAVE);

    private FederationSaveCheck() {}

    /**
     * Makes sure that Gigya accepts the settings, where they ask for that.
     *
     * @param changed the component as it is going to be saved
     * @param settings what it says
     */
    static void requireAccepted(
            KeycloakSession session, RealmModel realm, ComponentModel changed, StorageSettings settings)
            throws SettingsException {
        if (!isSavedAlone(session) || !isTestedAnew(realm, changed)) {
            return;
        }
        if (settings.site().isOfPartnerSecret()) {
            LOG.warnf(
                    "User federation %s has no application or user key: Gigya has refused partner secrets since 2023",
                    changed.getName());
        }
        if (!settings.checkConnectionOnSave()) {
            return;
        }
        var failure = ConnectionCheck.of(session, settings).failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static boolean isSavedAlone(KeycloakSession session) {
        try {
            return session.getContext().getHttpRequest().getUri().getPath().contains(COMPONENTS);
        } catch (ContextNotActiveException noRequest) {
            return false;
        }
    }

    private static boolean isTestedAnew(RealmModel realm, ComponentModel changed) {
        return Optional.ofNullable(changed.getId())
                .map(realm::getComponent)
                .map(stored -> TESTED.stream()
                        .anyMatch(setting -> !values(stored, setting).equals(values(changed, setting))))
                .orElse(true);
    }

    private static List<String> values(ComponentModel component, String setting) {
        return component.getConfig().getOrDefault(setting, List.of());
    }
}
