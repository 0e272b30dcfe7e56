package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.keycloak.common.util.Encode;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.resources.admin.AdminRoot;

/** The texts of the admin console, in the language of the administrator whose request it is. */
public final class AdminMessages {

    // The console has labels in the one, and refusals in the other (ComponentResource of 26.7).
    private static final String REFUSALS = "admin-messages";
    private static final String LABELS = "messages";

    private final Properties texts;
    private final SettingLabels labels;

    /**
     * Reads the texts of a realm's admin theme.
     *
     * @param labels of the settings that can be refused
     */
    public AdminMessages(KeycloakSession session, RealmModel realm, SettingLabels labels) {
        this.texts = AdminRoot.getMessages(session, realm, language(session), REFUSALS, LABELS);
        this.labels = labels;
    }

    // Null is Keycloak's word for the default one.
    private static String language(KeycloakSession session) {
        return session.getContext().getBearerToken() instanceof AccessToken token
                ? Optional.ofNullable(token.getLocale()).orElseGet(() -> language(session, token))
                : null;
    }

    // A token of the admin console is lightweight, and names no language. The console itself is in the one of its
    // user, or else of the browser, or else of the administrator's own realm (AdminConsole of 26.7).
    private static String language(KeycloakSession session, AccessToken token) {
        var issuer = token.getIssuer();
        var own = session.realms().getRealmByName(Encode.decodePath(issuer.substring(issuer.lastIndexOf('/') + 1)));
        if (own == null) {
            return null;
        }
        var administrator = Optional.ofNullable(session.getContext().getUserSession())
                .map(UserSessionModel::getUser)
                .orElse(null);
        return session.getProvider(LocaleSelectorProvider.class)
                .resolveLocale(own, administrator)
                .toLanguageTag();
    }

    /** {@return what an administrator reads about a setting that can't be used} */
    public String of(SettingsException refused) {
        var pattern = texts.getProperty(refused.messageKey(), refused.messageKey());
        return MessageFormat.format(
                pattern, Arrays.stream(refused.parameters()).map(this::shown).toArray());
    }

    /** {@return the same as a message format, which is what Keycloak takes the texts of components for} */
    public String formatOf(SettingsException refused) {
        return of(refused).replace("'", "''").replace("{", "'{'");
    }

    private Object shown(Object parameter) {
        if (parameter instanceof SettingName setting) {
            return texts.getProperty(labels.textKey(setting), setting.key());
        }
        return parameter instanceof SettingsException reason ? of(reason) : parameter;
    }

    /**
     * What the admin console calls the settings of something.
     *
     * @param textKeys keys in the admin console's texts, by the keys of settings
     */
    public record SettingLabels(Map<String, String> textKeys) {

        public SettingLabels {
            textKeys = Map.copyOf(textKeys);
        }

        /**
         * {@return the labels of settings}
         *
         * @param properties of this extension
         * @param ofKeycloak settings that Keycloak's own form shows, with the keys of its own texts
         */
        public static SettingLabels of(List<ProviderConfigProperty> properties, Map<String, String> ofKeycloak) {
            var textKeys = new HashMap<>(ofKeycloak);
            properties.forEach(property -> textKeys.put(property.getName(), property.getLabel()));
            return new SettingLabels(textKeys);
        }

        /** {@return the key of the text that a setting is called by; its own key where there is none} */
        String textKey(SettingName setting) {
            return textKeys.getOrDefault(setting.key(), setting.key());
        }
    }
}
