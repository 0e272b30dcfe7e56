package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.federation.check.ConnectionCheck.SignInCheck;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.idm.ComponentRepresentation;

/**
 * The test of the connection when a person saves an identity provider in the admin console. Not when scripts do, which can
 * have it tested when they please, nor in imports: a realm must not be lost because Gigya is down at that moment. And not
 * when nothing is saved that the test is about.
 */
final class ProviderSaveCheck {

    static final String SETTING = "checkConnectionOnSave";

    // .../admin/realms/{realm}/identity-provider/instances, where the console saves a single one.
    private static final String INSTANCES = "/identity-provider/instances";

    private static final List<String> TESTED = List.of(
            SiteSettings.DATA_CENTER,
            SiteSettings.API_DOMAIN,
            SiteSettings.NAMES_OF_IDENTITY_PROVIDER.get(SiteSettings.API_KEY),
            SiteSettings.USER_KEY,
            ProviderSettings.CLIENT_SECRET,
            SiteSettings.AUTHORIZATION_METHOD,
            SETTING);

    private ProviderSaveCheck() {}

    /**
     * Makes sure that Gigya accepts the settings.
     *
     * @param changed the provider as it is going to be saved
     * @param settings what it says, with the secret that is stored
     */
    static void requireAccepted(
            KeycloakSession session, IdentityProviderModel changed, SettingsReader reader, ProviderSettings settings)
            throws SettingsException {
        if (!reader.flag(SETTING, true) || !isSavedByPerson(session) || !isTestedAnew(session, changed)) {
            return;
        }
        var refusal = SignInCheck.refusal(session, settings.site());
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private static boolean isSavedByPerson(KeycloakSession session) {
        var context = session.getContext();
        return context.getBearerToken() instanceof AccessToken token
                && Constants.ADMIN_CONSOLE_CLIENT_ID.equals(token.getIssuedFor())
                && context.getUri().getPath().contains(INSTANCES);
    }

    private static boolean isTestedAnew(KeycloakSession session, IdentityProviderModel changed) {
        var stored = changed.getInternalId() == null
                ? null
                : session.identityProviders().getById(changed.getInternalId());
        return stored == null || TESTED.stream().anyMatch(setting -> isChanged(setting, stored, changed));
    }

    private static boolean isChanged(String setting, IdentityProviderModel stored, IdentityProviderModel changed) {
        var value = Objects.requireNonNullElse(changed.getConfig().get(setting), "");
        // Keycloak puts the stored secret in the place of its mask only after this.
        return !ComponentRepresentation.SECRET_VALUE.equals(value)
                && !value.equals(Objects.requireNonNullElse(stored.getConfig().get(setting), ""));
    }
}
