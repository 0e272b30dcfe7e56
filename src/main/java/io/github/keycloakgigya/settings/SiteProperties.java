package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.account.AddressRule.UnverifiedEmail;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.settings.SiteSettings.AuthorizationMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings of a site as the admin console shows them, in lists that forms have at different places: what connects
 * first, what few need last. Labels and help texts are message keys.
 */
public final class SiteProperties {

    // Keycloak's own form for identity providers has these.
    private static final Set<String> OF_KEYCLOAK =
            Set.of(SiteSettings.API_KEY, SiteSettings.SECRET, SiteSettings.TRUST_EMAIL);

    private SiteProperties() {}

    /**
     * {@return what Keycloak's own form for identity providers does not ask for} There, client id and secret are the API
     * key and the secret.
     */
    public static List<ProviderConfigProperty> besidesKeycloaks(List<ProviderConfigProperty> properties) {
        return properties.stream()
                .filter(property -> !OF_KEYCLOAK.contains(property.getName()))
                .toList();
    }

    /**
     * {@return what connects an identity provider} Keycloak's form asks for client id and secret before, with help that
     * knows nothing of API keys: the first field of this extension's that belongs to them gives it.
     */
    public static List<ProviderConfigProperty> connectionOfIdentityProvider() {
        var properties = besidesKeycloaks(connection());
        properties.stream()
                .filter(property -> property.getName().equals(SiteSettings.USER_KEY))
                .forEach(property -> property.setHelpText("gigyaUserKeyOfProviderHelp"));
        return properties;
    }

    /**
     * {@return whether settings are saved only where Gigya accepts them}
     *
     * @param name of the setting
     */
    public static ProviderConfigProperty checkOnSave(String name) {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(name)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(true)
                .label("gigyaCheckConnectionOnSave")
                .helpText("gigyaCheckConnectionOnSaveHelp")
                .add()
                .build()
                .get(0);
    }

    /** {@return the field that becomes the user name} */
    public static ProviderConfigProperty usernameField() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SiteSettings.USERNAME_FIELD)
                .type(ProviderConfigProperty.STRING_TYPE)
                .defaultValue(SiteSettings.DEFAULT_USERNAME_FIELD)
                .label("gigyaUsernameField")
                .helpText("gigyaUsernameFieldHelp")
                .add()
                .build()
                .get(0);
    }

    /** {@return which fields become which attributes} */
    public static ProviderConfigProperty fieldMappings() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SiteSettings.FIELD_MAPPINGS)
                .type(ProviderConfigProperty.MAP_TYPE)
                .defaultValue(StoredMap.text(SiteSettings.DEFAULT_FIELD_MAPPINGS))
                .label("gigyaFieldMappings")
                .helpText("gigyaFieldMappingsHelp")
                .add()
                .build()
                .get(0);
    }

    /** {@return what nothing works without} */
    public static List<ProviderConfigProperty> connection() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SiteSettings.DATA_CENTER)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(DataCenter.values()).map(DataCenter::id).toList())
                .defaultValue(DataCenter.US1.id())
                .label("gigyaDataCenter")
                .helpText("gigyaDataCenterHelp")
                .add()
                .property()
                .name(SiteSettings.API_KEY)
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .label("gigyaApiKey")
                .helpText("gigyaApiKeyHelp")
                .add()
                .property()
                .name(SiteSettings.USER_KEY)
                .type(ProviderConfigProperty.STRING_TYPE)
                .label("gigyaUserKey")
                .helpText("gigyaUserKeyHelp")
                .add()
                .property()
                .name(SiteSettings.SECRET)
                .type(ProviderConfigProperty.PASSWORD)
                .secret(true)
                .required(true)
                .label("gigyaSecret")
                .helpText("gigyaSecretHelp")
                .add()
                .build();
    }

    /** {@return what becomes of e-mail addresses} */
    public static List<ProviderConfigProperty> addresses() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SiteSettings.TRUST_EMAIL)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .label("gigyaTrustEmail")
                .helpText("gigyaTrustEmailHelp")
                .add()
                .property()
                .name(SiteSettings.UNVERIFIED_EMAIL)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(UnverifiedEmail.values())
                        .map(UnverifiedEmail::id)
                        .toList())
                .defaultValue(UnverifiedEmail.OMIT.id())
                .label("gigyaUnverifiedEmail")
                .helpText("gigyaUnverifiedEmailHelp")
                .add()
                .build();
    }

    /** {@return what few sites need} */
    public static List<ProviderConfigProperty> rare() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SiteSettings.API_DOMAIN)
                .type(ProviderConfigProperty.STRING_TYPE)
                .label("gigyaApiDomain")
                .helpText("gigyaApiDomainHelp")
                .add()
                .property()
                .name(SiteSettings.AUTHORIZATION_METHOD)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(AuthorizationMethod.values())
                        .map(AuthorizationMethod::id)
                        .toList())
                .defaultValue(AuthorizationMethod.SIGNATURE.id())
                .label("gigyaAuthorizationMethod")
                .helpText("gigyaAuthorizationMethodHelp")
                .add()
                .property()
                .name(SiteSettings.SITE_GROUP_API_KEYS)
                .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
                .label("gigyaSiteGroupApiKeys")
                .helpText("gigyaSiteGroupApiKeysHelp")
                .add()
                .property()
                .name(SiteSettings.TOKEN_LIFETIME)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(60)
                .label("gigyaTokenLifetime")
                .helpText("gigyaTokenLifetimeHelp")
                .add()
                .property()
                .name(SiteSettings.CONNECT_TIMEOUT)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(1000)
                .label("gigyaConnectTimeout")
                .helpText("gigyaConnectTimeoutHelp")
                .add()
                .property()
                .name(SiteSettings.READ_TIMEOUT)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(2000)
                .label("gigyaReadTimeout")
                .helpText("gigyaReadTimeoutHelp")
                .add()
                .build();
    }
}
