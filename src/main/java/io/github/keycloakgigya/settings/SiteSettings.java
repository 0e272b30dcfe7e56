package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.account.AddressRule.UnverifiedEmail;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.client.RequestAuthorization;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import io.github.keycloakgigya.api.client.RsaKeyPem;
import io.github.keycloakgigya.settings.StoredSecrets.BoundSecret;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A site and how it is called, as an administrator configured it.
 *
 * @param site the site, at the host by which browsers know it
 * @param dataCenter that the site is in, also where browsers know it by a custom API domain
 * @param groupApiKeys other API keys of its site group, whose tokens prove a sign-in as well
 * @param authorization how requests are authorised
 * @param signatureKey what UID signatures are checked with; empty where the settings hold an RSA key instead
 * @param tokenLifetime how long the tokens are valid that are asked for
 * @param connectTimeout of each request
 * @param readTimeout of each request
 * @param trustEmail whether e-mail addresses count as verified without Gigya saying so
 * @param unverifiedEmail what becomes of addresses that do not
 */
public record SiteSettings(
        GigyaSite site,
        DataCenter dataCenter,
        Set<String> groupApiKeys,
        RequestAuthorization authorization,
        Optional<SignatureKey> signatureKey,
        Duration tokenLifetime,
        Duration connectTimeout,
        Duration readTimeout,
        boolean trustEmail,
        UnverifiedEmail unverifiedEmail) {

    public static final String DATA_CENTER = SecretScope.DATA_CENTER;
    public static final String API_DOMAIN = SecretScope.API_DOMAIN;
    public static final String API_KEY = SecretScope.API_KEY;
    public static final String USER_KEY = SecretScope.USER_KEY;
    public static final String SECRET = BoundSecret.SECRET;
    public static final String SITE_GROUP_API_KEYS = "siteGroupApiKeys";
    public static final String AUTHORIZATION_METHOD = "authorizationMethod";
    public static final String TOKEN_LIFETIME = "tokenLifetime";
    public static final String CONNECT_TIMEOUT = "connectTimeout";
    public static final String READ_TIMEOUT = "readTimeout";
    public static final String TRUST_EMAIL = "trustEmail";
    public static final String UNVERIFIED_EMAIL = "unverifiedEmail";
    public static final String USERNAME_FIELD = "usernameField";
    public static final String FIELD_MAPPINGS = SettingsReader.FIELD_MAPPINGS;

    /** What identity providers store some settings as: under the names of Keycloak's own form. */
    public static final Map<String, String> NAMES_OF_IDENTITY_PROVIDER =
            Map.of(API_KEY, "clientId", SECRET, "clientSecret");

    /** What {@code usernameField} is where it is unset. */
    public static final String DEFAULT_USERNAME_FIELD = "profile.email";

    /** What {@code fieldMappings} is where it is unset. */
    public static final Map<String, String> DEFAULT_FIELD_MAPPINGS = SettingsReader.DEFAULT_FIELD_MAPPINGS;

    /** The secret that UID signatures are checked with. */
    public record SignatureKey(Secret secret, boolean isPartnerSecret) {}

    public SiteSettings {
        groupApiKeys = Set.copyOf(groupApiKeys);
    }

    /**
     * Parses a site's settings.
     *
     * @param settings the settings
     * @param secrets tells the secret from what the settings hold in its place
     * @throws SettingsException naming the first setting that can't be used
     */
    public static SiteSettings parse(SettingsReader settings, SiteSecrets secrets) throws SettingsException {
        var scope = SecretScope.of(settings);
        var userKey = scope.userKey();
        var stored = settings.requiredText(SECRET);
        var secret = secrets.secretFor(stored, scope);
        var method = settings.choice(AUTHORIZATION_METHOD, AuthorizationMethod.SIGNATURE, AuthorizationMethod::id);
        Optional<SignatureKey> signatureKey = method == AuthorizationMethod.BEARER
                ? Optional.empty()
                : Optional.of(new SignatureKey(parseSecret(secret), userKey.isEmpty()));
        return new SiteSettings(
                new GigyaSite(scope.domain(), scope.apiKey()),
                scope.dataCenter(),
                groupApiKeys(settings),
                signatureKey.isPresent()
                        ? sharedSecret(method, userKey, signatureKey.get().secret())
                        : bearer(userKey, secret),
                signatureKey,
                settings.time(TOKEN_LIFETIME, ChronoUnit.SECONDS, 60, 10, 3600),
                settings.time(CONNECT_TIMEOUT, ChronoUnit.MILLIS, 1000, 50, 2500),
                settings.time(READ_TIMEOUT, ChronoUnit.MILLIS, 2000, 50, 2500),
                settings.flag(TRUST_EMAIL, false),
                settings.choice(UNVERIFIED_EMAIL, UnverifiedEmail.OMIT, UnverifiedEmail::id));
    }

    /** {@return by which addresses and names Keycloak knows the site's accounts} */
    public AddressRule addressRule() {
        return new AddressRule(trustEmail, unverifiedEmail);
    }

    /** {@return whether the secret is the partner's, which Gigya has refused since 2023, for lack of another key} */
    public boolean isOfPartnerSecret() {
        return signatureKey.map(SignatureKey::isPartnerSecret).orElse(false);
    }

    /** {@return the API keys whose tokens prove a sign-in: the site's and its group's} */
    public Set<String> proofApiKeys() {
        var keys = new TreeSet<>(groupApiKeys);
        keys.add(site.apiKey());
        return keys;
    }

    static Set<String> groupApiKeys(SettingsReader settings) throws SettingsException {
        var keys = new TreeSet<String>();
        for (var key : settings.texts(SITE_GROUP_API_KEYS)) {
            keys.add(SecretScope.requireApiKey(settings.name(SITE_GROUP_API_KEYS), key));
        }
        return keys;
    }

    private static Secret parseSecret(String secret) throws SettingsException {
        try {
            return Secret.parse(secret);
        } catch (IllegalArgumentException undecodable) {
            throw new SettingsException("gigyaSecretInvalid");
        }
    }

    private static RequestAuthorization sharedSecret(
            AuthorizationMethod method, Optional<String> userKey, Secret secret) {
        return method == AuthorizationMethod.SIGNATURE
                ? RequestAuthorization.signature(userKey, secret)
                : RequestAuthorization.secret(userKey, secret);
    }

    private static RequestAuthorization bearer(Optional<String> userKey, String pem) throws SettingsException {
        if (userKey.isEmpty()) {
            throw new SettingsException("gigyaUserKeyRequired");
        }
        try {
            return RequestAuthorization.bearer(userKey.get(), RsaKeyPem.parse(pem));
        } catch (IllegalArgumentException unreadable) {
            throw new SettingsException("gigyaPrivateKeyInvalid");
        }
    }

    /** Tells the secret of a site from what the settings hold in its place. */
    @FunctionalInterface
    public interface SiteSecrets {

        /**
         * {@return the secret, never blank}
         *
         * @param stored what the settings hold, without surrounding blanks
         * @param scope what it is going to be used for
         * @throws SettingsException where there is none, or it is not for that
         */
        String secretFor(String stored, SecretScope scope) throws SettingsException;
    }

    /** How requests to Gigya are authorised. */
    enum AuthorizationMethod {
        /** HMAC-SHA1 over the request. */
        SIGNATURE,
        /** The secret itself, over TLS. */
        SECRET,
        /** A short-lived JWT, signed with the application's RSA key. */
        BEARER;

        /** {@return the value of the setting {@code authorizationMethod}} */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
