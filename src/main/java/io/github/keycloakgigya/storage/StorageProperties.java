package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.federation.settings.StorageSettings.ExistingUserPolicy;
import io.github.keycloakgigya.federation.settings.StorageSettings.MissingAccountPolicy;
import io.github.keycloakgigya.federation.settings.StorageSettings.PasswordCheck;
import io.github.keycloakgigya.federation.settings.SyncSettings;
import io.github.keycloakgigya.federation.settings.TransferSettings;
import io.github.keycloakgigya.federation.settings.TransferSettings.PasswordTransfer;
import io.github.keycloakgigya.federation.settings.WebhookSettings;
import io.github.keycloakgigya.settings.AdminMessages.SettingLabels;
import io.github.keycloakgigya.settings.SiteProperties;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.storage.UserStorageProviderModel;

/** The settings of the user federation as the admin console shows them. */
public final class StorageProperties {

    private StorageProperties() {}

    /** {@return what the admin console calls them} */
    public static SettingLabels labels() {
        return SettingLabels.of(all(), Map.of(UserStorageProviderModel.CHANGED_SYNC_PERIOD, "changedUsersSyncPeriod"));
    }

    // In the order in which administrators need them. A new one goes into one of these lists.
    static List<ProviderConfigProperty> all() {
        return Stream.of(
                        SiteProperties.connection(),
                        List.of(SiteProperties.checkOnSave(StorageSettings.CHECK_CONNECTION_ON_SAVE)),
                        mapping(),
                        SiteProperties.addresses(),
                        users(),
                        sync(),
                        events(),
                        leaving(),
                        SiteProperties.rare())
                .flatMap(List::stream)
                .toList();
    }

    private static List<ProviderConfigProperty> mapping() {
        return List.of(SiteProperties.fieldMappings(), SiteProperties.usernameField());
    }

    private static List<ProviderConfigProperty> users() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(StorageSettings.IMPORT_ENABLED)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(true)
                .label("gigyaImportEnabled")
                .helpText("gigyaImportEnabledHelp")
                .add()
                .property()
                .name(StorageSettings.ORGANIZATIONS)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .label("gigyaOrganizations")
                .helpText("gigyaOrganizationsHelp")
                .add()
                .property()
                .name(StorageSettings.EXISTING_USER_POLICY)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(ExistingUserPolicy.values())
                        .map(ExistingUserPolicy::id)
                        .toList())
                .defaultValue(ExistingUserPolicy.REFUSE.id())
                .label("gigyaExistingUserPolicy")
                .helpText("gigyaExistingUserPolicyHelp")
                .add()
                .property()
                .name(StorageSettings.MISSING_ACCOUNT_POLICY)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(MissingAccountPolicy.values())
                        .map(MissingAccountPolicy::id)
                        .toList())
                .defaultValue(MissingAccountPolicy.DISABLE.id())
                .label("gigyaMissingAccountPolicy")
                .helpText("gigyaMissingAccountPolicyHelp")
                .add()
                .property()
                .name(StorageSettings.PASSWORD_CHECK)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(PasswordCheck.values())
                        .map(PasswordCheck::id)
                        .toList())
                .defaultValue(PasswordCheck.GIGYA.id())
                .label("gigyaPasswordCheck")
                .helpText("gigyaPasswordCheckHelp")
                .add()
                .property()
                .name(StorageSettings.CUSTOM_IDENTIFIER)
                .type(ProviderConfigProperty.STRING_TYPE)
                .label("gigyaCustomIdentifier")
                .helpText("gigyaCustomIdentifierHelp")
                .add()
                .property()
                .name(StorageSettings.END_SESSIONS_ON_PASSWORD_CHANGE)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .label("gigyaEndSessionsOnPasswordChange")
                .helpText("gigyaEndSessionsOnPasswordChangeHelp")
                .add()
                .build();
    }

    private static List<ProviderConfigProperty> sync() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SyncSettings.REMOVES_MISSING)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .label("gigyaSyncRemovesMissing")
                .helpText("gigyaSyncRemovesMissingHelp")
                .add()
                .property()
                .name(SyncSettings.REMOVAL_LIMIT)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(SyncSettings.DEFAULT_REMOVAL_LIMIT)
                .label("gigyaRemovalLimit")
                .helpText("gigyaRemovalLimitHelp")
                .add()
                .property()
                .name(SyncSettings.PAGE_SIZE)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(SearchQuery.MOST)
                .label("gigyaSearchPageSize")
                .helpText("gigyaSearchPageSizeHelp")
                .add()
                .property()
                .name(SyncSettings.OVERLAP)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(SyncSettings.DEFAULT_OVERLAP_SECONDS)
                .label("gigyaSyncOverlap")
                .helpText("gigyaSyncOverlapHelp")
                .add()
                .build();
    }

    private static List<ProviderConfigProperty> leaving() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(TransferSettings.PASSWORDS)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(PasswordTransfer.values())
                        .map(PasswordTransfer::id)
                        .toList())
                .defaultValue(PasswordTransfer.OFF.id())
                .label("gigyaPasswordTransfer")
                .helpText("gigyaPasswordTransferHelp")
                .add()
                .property()
                .name(TransferSettings.IDENTITY_LINKS)
                .type(ProviderConfigProperty.MAP_TYPE)
                .label("gigyaIdentityLinks")
                .helpText("gigyaIdentityLinksHelp")
                .add()
                .build();
    }

    private static List<ProviderConfigProperty> events() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(WebhookSettings.ON)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .label("gigyaWebhooks")
                .helpText("gigyaWebhooksHelp")
                .add()
                .property()
                .name(WebhookSettings.IMPORTS)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .label("gigyaWebhookImports")
                .helpText("gigyaWebhookImportsHelp")
                .add()
                .build();
    }
}
