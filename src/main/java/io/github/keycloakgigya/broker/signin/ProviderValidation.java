package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.settings.AdminMessages;
import io.github.keycloakgigya.settings.AdminMessages.SettingLabels;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteAccounts;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.StoredSecrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ComponentRepresentation;

/** Makes sure that an identity provider is saved only with settings that can be used. */
public final class ProviderValidation {

    private static final Logger LOG = Logger.getLogger(ProviderValidation.class);

    private static final String STORE_TOKEN = "storeToken";
    private static final String STORED_TOKENS_READABLE = "addReadTokenRoleOnCreate";
    private static final String PROMPT_NONE = "acceptsPromptNoneForwardFromClient";

    // Stands for a secret that nobody knows, of the usual kind, while the rest of the settings is looked at.
    private static final String SOME_SECRET = "AAAA";

    // Keycloak's form has these for every kind of provider (keycloak-admin-ui of 26.7).
    private static final Map<String, String> LABELS_OF_KEYCLOAK = Map.of(
            SiteSettings.NAMES_OF_IDENTITY_PROVIDER.get(SiteSettings.API_KEY),
            "clientId",
            ProviderSettings.CLIENT_SECRET,
            "clientSecret",
            IdentityProviderModel.SYNC_MODE,
            "syncMode",
            IdentityProviderModel.FILTERED_BY_CLAIMS,
            "filteredByClaim",
            IdentityProviderModel.CLAIM_FILTER_NAME,
            "claimFilterName",
            IdentityProviderModel.CLAIM_FILTER_VALUE,
            "claimFilterValue",
            STORE_TOKEN,
            "storeTokens",
            STORED_TOKENS_READABLE,
            "storedTokensReadable",
            PROMPT_NONE,
            "acceptsPromptNone");

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Looks at providers of a realm. */
    public ProviderValidation(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Makes sure of it, and completes what follows from the settings.
     *
     * @throws IllegalArgumentException telling an administrator which setting can't be used and why; Keycloak answers
     *     with its message (IdentityProvidersResource of 26.7)
     */
    void require(IdentityProviderModel provider) {
        try {
            check(provider);
        } catch (SettingsException refused) {
            throw refused(refused);
        }
    }

    /**
     * Makes sure that a provider was saved as the kind that it is. Keycloak has the kind that a body names look at the
     * settings, and stores them for the kind that was there before (IdentityProviderResource of 26.7).
     *
     * @throws IllegalArgumentException telling an administrator so
     */
    public void requireOwnKind(IdentityProviderModel saved) {
        var stored = session.identityProviders().getById(saved.getInternalId());
        if (!stored.getProviderId().equals(saved.getProviderId()) && (isOurs(stored) || isOurs(saved))) {
            throw refused(new SettingsException("gigyaKindFixed", stored.getAlias(), stored.getProviderId()));
        }
    }

    private static boolean isOurs(IdentityProviderModel provider) {
        return SiteAccounts.IDENTITY_PROVIDER_ID.equals(provider.getProviderId());
    }

    private IllegalArgumentException refused(SettingsException refused) {
        return new IllegalArgumentException(new AdminMessages(session, realm, labels()).of(refused), refused);
    }

    private static SettingLabels labels() {
        return SettingLabels.of(ProviderSettings.properties(), LABELS_OF_KEYCLOAK);
    }

    private void check(IdentityProviderModel provider) throws SettingsException {
        refuse(STORE_TOKEN, Boolean.TRUE.equals(provider.isStoreToken()));
        refuse(STORED_TOKENS_READABLE, Boolean.TRUE.equals(provider.isAddReadTokenRoleOnCreate()));
        refuse(PROMPT_NONE, Boolean.parseBoolean(provider.getConfig().get(PROMPT_NONE)));
        var changed = withSecret(provider);
        changed.choice(
                IdentityProviderModel.SYNC_MODE, IdentityProviderSyncMode.LEGACY, IdentityProviderSyncMode::name);
        var settings = ProviderSettings.of(session, changed);
        if (settings.site().isOfPartnerSecret()) {
            LOG.warnf(
                    "Identity provider %s has no application or user key: Gigya has refused partner secrets since 2023",
                    provider.getAlias());
        }
        if (!isMaskOfNothing(provider)) {
            ProviderSaveCheck.requireAccepted(session, provider, changed, settings);
        }
        var issuer = settings.issuerForGrants();
        if (issuer.isPresent()) {
            requireNoOtherOf(issuer.get(), provider);
            provider.getConfig().put(IdentityProviderModel.ISSUER, issuer.get());
        } else {
            provider.getConfig().remove(IdentityProviderModel.ISSUER);
        }
    }

    // Keycloak finds the provider of a grant by its issuer, and fails where there are two
    // (DefaultAlternativeLookupProvider of 26.7).
    private void requireNoOtherOf(String issuer, IdentityProviderModel provider) throws SettingsException {
        var other = session.identityProviders()
                .getAllStream(IdentityProviderQuery.any())
                .filter(model -> issuer.equals(model.getConfig().get(IdentityProviderModel.ISSUER)))
                .filter(model -> !model.getInternalId().equals(provider.getInternalId()))
                .findFirst();
        if (other.isPresent()) {
            throw new SettingsException("gigyaIssuerTaken", other.get().getAlias());
        }
    }

    // Tokens are spent when they are used, and never kept; and a Gigya session can't be asked for without a page.
    private static void refuse(String setting, boolean on) throws SettingsException {
        if (on) {
            throw new SettingsException("gigyaSettingNotOffered", new SettingName(setting));
        }
    }

    private SettingsReader withSecret(IdentityProviderModel provider) throws SettingsException {
        if (!isMask(provider.getConfig().get(ProviderSettings.CLIENT_SECRET))) {
            var bound = StoredSecrets.toStore(ProviderSettings.reader(provider));
            provider.getConfig().put(ProviderSettings.CLIENT_SECRET, bound);
            return ProviderSettings.reader(provider);
        }
        // Keycloak puts the stored secret in the place of its mask only after this (IdentityProviderResource of 26.7).
        var stored = storedSecret(provider);
        if (stored.isPresent()) {
            return ProviderSettings.reader(provider, Map.of(ProviderSettings.CLIENT_SECRET, stored.get()));
        }
        LOG.warnf(
                "The identity provider %s was saved with the mask of a secret, as exports hold it: enter the secret",
                provider.getAlias());
        return withSomeSecret(provider);
    }

    // As exports hold it: there is no secret that could be tried.
    private boolean isMaskOfNothing(IdentityProviderModel provider) {
        return isMask(provider.getConfig().get(ProviderSettings.CLIENT_SECRET))
                && storedSecret(provider).isEmpty();
    }

    private Optional<String> storedSecret(IdentityProviderModel provider) {
        return Optional.ofNullable(provider.getInternalId())
                .map(session.identityProviders()::getById)
                .map(model -> model.getConfig().get(ProviderSettings.CLIENT_SECRET))
                .filter(secret -> !isMask(secret));
    }

    private static SettingsReader withSomeSecret(IdentityProviderModel provider) throws SettingsException {
        var others = Map.of(ProviderSettings.CLIENT_SECRET, SOME_SECRET, SiteSettings.AUTHORIZATION_METHOD, "");
        var bound = new HashMap<>(others);
        bound.put(ProviderSettings.CLIENT_SECRET, StoredSecrets.toStore(ProviderSettings.reader(provider, others)));
        return ProviderSettings.reader(provider, bound);
    }

    private static boolean isMask(String secret) {
        return ComponentRepresentation.SECRET_VALUE.equals(secret);
    }
}
