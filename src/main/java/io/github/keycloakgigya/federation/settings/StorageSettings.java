package io.github.keycloakgigya.federation.settings;

import io.github.keycloakgigya.account.FieldMappings;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.settings.ReadOnce;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.SiteSettings.SiteSecrets;
import io.github.keycloakgigya.settings.StoredSecrets;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.UserStorageProviderModel;

/**
 * The settings of a user federation {@code gigya}.
 *
 * @param site the site whose accounts it holds
 * @param mappings which fields become which attributes
 * @param usernameField the field that becomes the user name
 * @param missingAccountPolicy what happens to users whose account is gone
 * @param existingUserPolicy what happens where an account meets a user that is there already
 * @param importEnabled whether Keycloak's own tables hold a user for each account
 * @param passwordCheck who checks passwords
 * @param sync how accounts are brought over in bulk
 * @param organizations whether users become members of the organizations that their accounts belong to
 * @param webhooks what events of Gigya may do
 * @param transfer what comes along with accounts whose users are to leave Gigya
 * @param checkConnectionOnSave whether settings are saved only where Gigya accepts them
 * @param endSessionsOnPasswordChange whether sessions end that began before the account's password was set
 * @param customIdentifier the site's identifier of digits by which people sign in besides, a loyalty number say; empty
 *     where there is none
 */
public record StorageSettings(
        SiteSettings site,
        FieldMappings mappings,
        GigyaField usernameField,
        MissingAccountPolicy missingAccountPolicy,
        ExistingUserPolicy existingUserPolicy,
        boolean importEnabled,
        PasswordCheck passwordCheck,
        SyncSettings sync,
        boolean organizations,
        WebhookSettings webhooks,
        TransferSettings transfer,
        boolean checkConnectionOnSave,
        boolean endSessionsOnPasswordChange,
        Optional<String> customIdentifier) {

    /** The id of the user federation, as components name it. */
    public static final String PROVIDER_ID = "gigya";

    public static final String FIELD_MAPPINGS = SiteSettings.FIELD_MAPPINGS;
    public static final String USERNAME_FIELD = SiteSettings.USERNAME_FIELD;
    public static final String MISSING_ACCOUNT_POLICY = "missingAccountPolicy";
    public static final String EXISTING_USER_POLICY = "existingUserPolicy";
    public static final String IMPORT_ENABLED = UserStorageProviderModel.IMPORT_ENABLED;
    public static final String PASSWORD_CHECK = "passwordCheck";
    public static final String ORGANIZATIONS = "organizations";
    public static final String CHECK_CONNECTION_ON_SAVE = "checkConnectionOnSave";
    public static final String END_SESSIONS_ON_PASSWORD_CHANGE = "endSessionsOnPasswordChange";
    public static final String CUSTOM_IDENTIFIER = "customIdentifier";

    /**
     * {@return the settings of a federation that is saved} A request reads them once, the vault included, unless they
     * change in its midst.
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    public static StorageSettings of(KeycloakSession session, ComponentModel component) throws SettingsException {
        return ReadOnce.of(
                session,
                "gigya.settings." + component.getId(),
                new MultivaluedHashMap<>(component.getConfig()),
                StorageSettings.class,
                () -> parse(session, component));
    }

    /**
     * {@return the settings of a federation, be they saved or about to be}
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    public static StorageSettings parse(KeycloakSession session, ComponentModel component) throws SettingsException {
        var settings = parse(SettingsReader.ofComponent(component.getConfig()), new StoredSecrets(session)::secretFor);
        session.getProvider(GigyaConnector.class)
                .requireAllowed(settings.site().site().domain());
        return settings;
    }

    /**
     * Parses the settings.
     *
     * @param settings as the component holds them
     * @param secrets tells the secret from what the settings hold in its place
     * @throws SettingsException naming the first setting that can't be used
     */
    public static StorageSettings parse(SettingsReader settings, SiteSecrets secrets) throws SettingsException {
        return new StorageSettings(
                SiteSettings.parse(settings, secrets),
                settings.fieldMappings(),
                settings.nameField(USERNAME_FIELD, SiteSettings.DEFAULT_USERNAME_FIELD),
                settings.choice(MISSING_ACCOUNT_POLICY, MissingAccountPolicy.DISABLE, MissingAccountPolicy::id),
                settings.choice(EXISTING_USER_POLICY, ExistingUserPolicy.REFUSE, ExistingUserPolicy::id),
                settings.flag(IMPORT_ENABLED, true),
                settings.choice(PASSWORD_CHECK, PasswordCheck.GIGYA, PasswordCheck::id),
                SyncSettings.parse(settings),
                settings.flag(ORGANIZATIONS, false),
                WebhookSettings.parse(settings),
                TransferSettings.parse(settings),
                settings.flag(CHECK_CONNECTION_ON_SAVE, true),
                settings.flag(END_SESSIONS_ON_PASSWORD_CHANGE, false),
                customIdentifier(settings));
    }

    private static Optional<String> customIdentifier(SettingsReader settings) throws SettingsException {
        var name = settings.text(CUSTOM_IDENTIFIER);
        if (name.filter(Identifier::isCustomName).isEmpty() && name.isPresent()) {
            throw new SettingsException(
                    "gigyaSettingField",
                    new SettingName(CUSTOM_IDENTIFIER),
                    "it begins with a letter, and has letters, digits and _ only");
        }
        return name;
    }

    /**
     * {@return what a typed text names an account by besides addresses and user names; empty where it has the form of
     * neither a phone number nor the site's custom identifier} The form alone decides, so that a text costs one question.
     */
    public Optional<Identifier> identifier(String typed) {
        return Identifier.phone(typed).or(() -> customIdentifier.flatMap(name -> Identifier.custom(name, typed)));
    }

    /** {@return the columns of a search of accounts for these fields, and for the date of the password where that counts} */
    public Set<String> searchedColumns() {
        var columns = new LinkedHashSet<>(new SearchedFields(fields()).columns());
        if (endSessionsOnPasswordChange || transfer.isAtSignIn()) {
            columns.add(SearchQuery.PASSWORD_CREATED);
        }
        return columns;
    }

    /** {@return the fields that Gigya is asked for, no more and no less} */
    public Set<GigyaField> fields() {
        var fields = new LinkedHashSet<>(mappings.fields());
        fields.add(usernameField);
        if (organizations) {
            fields.add(GigyaField.ORGANIZATIONS);
        }
        return fields;
    }

    /** What happens where a new account's user name or e-mail address belongs to a user that is there already. */
    public enum ExistingUserPolicy {
        /** The account may not sign in. */
        REFUSE("refuse"),
        /** The account is linked to that user where both sides have verified the same e-mail address. */
        LINK_VERIFIED_EMAIL("linkVerifiedEmail");

        private final String id;

        ExistingUserPolicy(String id) {
            this.id = id;
        }

        /** {@return the value of the setting {@code existingUserPolicy}} */
        public String id() {
            return id;
        }
    }

    /** What happens to a user whose account is proven not to exist in Gigya any more. */
    public enum MissingAccountPolicy {
        /** Nothing. */
        KEEP,
        /** The user is disabled, and comes back when the account does. */
        DISABLE,
        /** The user is removed, with everything that Keycloak knew of it. */
        DELETE;

        /** {@return the value of the setting {@code missingAccountPolicy}} */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who says whether a federated user's password is right. */
    public enum PasswordCheck {
        /** Gigya. Keycloak keeps no passwords of these users. */
        GIGYA("gigya"),
        /** Keycloak where it has a password of the user, Gigya otherwise. */
        LOCAL_FIRST("localFirst"),
        /** Keycloak alone: Gigya is never asked. */
        OFF("off");

        private final String id;

        PasswordCheck(String id) {
            this.id = id;
        }

        /** {@return the value of the setting {@code passwordCheck}} */
        public String id() {
            return id;
        }
    }
}
