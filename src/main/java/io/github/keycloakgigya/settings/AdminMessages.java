package io.github.keycloakgigya.settings;

import java.text.MessageFormat;
import java.util.Optional;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminRoot;

/** The texts of the admin console. */
public final class AdminMessages {

    private static final String BUNDLE = "admin-messages";

    private final Properties texts;

    /**
     * Reads the texts of a realm's admin theme.
     *
     * @param language of the administrator; empty for the default one
     */
    public AdminMessages(KeycloakSession session, RealmModel realm, Optional<String> language) {
        this.texts = AdminRoot.getMessages(session, realm, language.orElse(null), BUNDLE);
    }

    /** {@return what an administrator reads about a setting that can't be used} */
    public String of(SettingsException refused) {
        var pattern = texts.getProperty(refused.messageKey(), refused.messageKey());
        return MessageFormat.format(pattern, refused.parameters());
    }
}
