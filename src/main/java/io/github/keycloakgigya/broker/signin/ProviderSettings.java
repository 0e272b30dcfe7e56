package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.settings.ReadOnce;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteProperties;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.SiteSettings.SiteSecrets;
import io.github.keycloakgigya.settings.StoredSecrets;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.signin.SignInSettings;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings of the identity provider {@code gigya}.
 *
 * @param site the site
 * @param signIn how a person signs in with a browser
 * @param usernameField the field that becomes the user name
 * @param essential what an account must say to sign in
 * @param jwtAuthorizationGrant whether apps may show a token as an authorization grant (RFC 7523)
 */
public record ProviderSettings(
        SiteSettings site,
        SignInSettings signIn,
        GigyaField usernameField,
        Optional<AccountDemands.Essential> essential,
        boolean jwtAuthorizationGrant) {

    static final String CLIENT_SECRET = "clientSecret";

    /** The same name as in Keycloak's own providers (JWTAuthorizationGrantConfig, 26.7). */
    static final String JWT_AUTHORIZATION_GRANT = "jwtAuthorizationGrantEnabled";

    static final GigyaField FIRST_NAME = GigyaField.parse("profile.firstName");
    static final GigyaField LAST_NAME = GigyaField.parse("profile.lastName");
    static final GigyaField EMAIL = GigyaField.parse("profile.email");

    // As Gigya spells it in the tokens of accounts.getJWT; Keycloak compares the text.
    private static final String ISSUER_OF_TOKENS = "https://fidm.gigya.com/jwt/%s/";

    /** {@return the settings as the admin console shows them: what connects, what maps, the page, and what few need} */
    public static List<ProviderConfigProperty> properties() {
        return Stream.of(
                        SiteProperties.connectionOfIdentityProvider(),
                        List.of(SiteProperties.checkOnSave(ProviderSaveCheck.SETTING)),
                        List.of(SiteProperties.usernameField()),
                        SiteProperties.besidesKeycloaks(SiteProperties.addresses()),
                        SignInSettings.properties(),
                        SiteProperties.rare(),
                        ofGrants())
                .flatMap(List::stream)
                .toList();
    }

    // Keycloak's form has this one for its own kinds.
    private static List<ProviderConfigProperty> ofGrants() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(JWT_AUTHORIZATION_GRANT)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .label("gigyaJwtAuthorizationGrant")
                .helpText("gigyaJwtAuthorizationGrantHelp")
                .add()
                .build();
    }

    /** {@return the settings as they are stored, under the names that user federations have for them} */
    static SettingsReader reader(IdentityProviderModel provider) {
        return reader(provider, Map.of());
    }

    /** {@return the settings as they are stored, but for some} */
    static SettingsReader reader(IdentityProviderModel provider, Map<String, String> others) {
        return reader(stored(provider, others));
    }

    private static SettingsReader reader(Map<String, String> config) {
        return SettingsReader.ofConfig(config).renaming(SiteSettings.NAMES_OF_IDENTITY_PROVIDER);
    }

    private static Map<String, String> stored(IdentityProviderModel provider, Map<String, String> others) {
        var config = new HashMap<>(provider.getConfig());
        config.putAll(others);
        // Keycloak stores this one beside the others.
        config.put(SiteSettings.TRUST_EMAIL, Boolean.toString(Boolean.TRUE.equals(provider.isTrustEmail())));
        return config;
    }

    /**
     * {@return the settings of a provider that is saved} A request reads them once, the vault included, unless they change
     * in its midst.
     *
     * @throws SettingsException naming the first setting that can't be used on this server
     */
    public static ProviderSettings of(KeycloakSession session, IdentityProviderModel provider)
            throws SettingsException {
        var said = stored(provider, Map.of());
        return ReadOnce.of(
                session,
                "gigya.provider." + provider.getInternalId(),
                said,
                ProviderSettings.class,
                () -> of(session, reader(said)));
    }

    /**
     * {@return the settings, with the secret that is stored for them}
     *
     * @throws SettingsException naming the first setting that can't be used on this server
     */
    public static ProviderSettings of(KeycloakSession session, SettingsReader settings) throws SettingsException {
        var parsed = parse(settings, new StoredSecrets(session)::secretFor);
        session.getProvider(GigyaConnector.class)
                .requireAllowed(parsed.site().site().domain());
        return parsed;
    }

    /**
     * Parses the settings.
     *
     * @param secrets tells the secret from what the settings hold in its place
     * @throws SettingsException naming the first setting that can't be used
     */
    static ProviderSettings parse(SettingsReader settings, SiteSecrets secrets) throws SettingsException {
        return new ProviderSettings(
                SiteSettings.parse(settings, secrets),
                SignInSettings.parse(settings),
                settings.nameField(SiteSettings.USERNAME_FIELD, SiteSettings.DEFAULT_USERNAME_FIELD),
                essential(settings),
                settings.flag(JWT_AUTHORIZATION_GRANT, false));
    }

    private static Optional<AccountDemands.Essential> essential(SettingsReader settings) throws SettingsException {
        if (!settings.flag(IdentityProviderModel.FILTERED_BY_CLAIMS, false)) {
            return Optional.empty();
        }
        var field = settings.requiredField(IdentityProviderModel.CLAIM_FILTER_NAME);
        var regex = settings.requiredText(IdentityProviderModel.CLAIM_FILTER_VALUE);
        try {
            return Optional.of(new AccountDemands.Essential(field, Pattern.compile(regex)));
        } catch (PatternSyntaxException wrong) {
            throw new SettingsException(
                    "gigyaSettingField",
                    new SettingName(IdentityProviderModel.CLAIM_FILTER_VALUE),
                    wrong.getDescription());
        }
    }

    /** {@return whose tokens Keycloak takes for authorization grants of this provider; empty where it takes none} */
    Optional<String> issuerForGrants() {
        return jwtAuthorizationGrant ? Optional.of(issuer(site.site().apiKey())) : Optional.empty();
    }

    /**
     * {@return whether tokens of this issuer are taken for tokens of the site} Some of Gigya's have no slash at the end.
     */
    public boolean isIssuer(String text) {
        return site.proofApiKeys().stream()
                .map(ProviderSettings::issuer)
                .anyMatch(issuer -> issuer.equals(text) || issuer.equals(text + "/"));
    }

    private static String issuer(String apiKey) {
        return ISSUER_OF_TOKENS.formatted(apiKey);
    }

    /** {@return what Gigya is asked for besides what mappers need} */
    Set<GigyaField> fields() {
        var fields = new LinkedHashSet<>(List.of(FIRST_NAME, LAST_NAME, EMAIL, usernameField));
        essential.map(AccountDemands.Essential::field).ifPresent(fields::add);
        return fields;
    }
}
