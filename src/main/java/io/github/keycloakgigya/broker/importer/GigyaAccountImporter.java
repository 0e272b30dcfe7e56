package io.github.keycloakgigya.broker.importer;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.BrokerRefusal;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.account.ReachableUsers;
import io.github.keycloakgigya.broker.importer.MappedValues.AccountWriter;
import io.github.keycloakgigya.broker.mapper.GigyaMapper;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.JpaUserLock.UserToWrite;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteAccounts;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.util.List;
import java.util.Optional;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProviderMapperSyncModeDelegate;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * A mapper of Keycloak's own identity provider {@code oidc}, where that points at a site's OpenID provider: asks Gigya
 * for the account whose UID the id token names, and maps its fields.
 */
public final class GigyaAccountImporter extends GigyaMapper {

    /** The id of the mapper. */
    public static final String PROVIDER_ID = "gigya-account-importer";

    private static final String VALIDATE_SIGNATURE = "validateSignature";

    /** {@return whether a mapper is an importer} */
    public static boolean isImporter(IdentityProviderMapperModel mapper) {
        return PROVIDER_ID.equals(mapper.getIdentityProviderMapper());
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {OIDCIdentityProviderFactory.PROVIDER_ID};
    }

    @Override
    public String getDisplayCategory() {
        return "Gigya";
    }

    @Override
    public String getDisplayType() {
        return "Gigya account importer";
    }

    @Override
    public String getHelpText() {
        return "Asks Gigya for the account of who signs in through its OpenID provider, and maps its fields.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ImporterSettings.properties();
    }

    private record Parsed(ImporterSettings settings, SiteSettings site) {}

    @Override
    public void check(KeycloakSession session, RealmModel realm, IdentityProviderMapperModel mapper)
            throws SettingsException {
        parse(session, realm, mapper);
    }

    private static Parsed parse(KeycloakSession session, RealmModel realm, IdentityProviderMapperModel mapper)
            throws SettingsException {
        var alias = mapper.getIdentityProviderAlias();
        var provider = Optional.ofNullable(session.identityProviders().getByAlias(alias))
                .filter(model -> OIDCIdentityProviderFactory.PROVIDER_ID.equals(model.getProviderId()))
                .orElseThrow(() -> new SettingsException("gigyaImporterWrongProvider", alias));
        requireVerifying(provider);
        requireOnlyOne(session, mapper);
        var settings = ImporterSettings.of(mapper);
        var site = settings.site(session, realm);
        OpenIdProof.requireKeysOf(session.getProvider(GigyaConnector.class).trusted(site), provider);
        return new Parsed(settings, site);
    }

    // Unset means off (OIDCIdentityProviderConfig of 26.7).
    private static void requireVerifying(IdentityProviderModel provider) throws SettingsException {
        if (!Boolean.parseBoolean(provider.getConfig().get(VALIDATE_SIGNATURE))) {
            throw new SettingsException("gigyaImporterUnverified", provider.getAlias());
        }
    }

    // Each would call Gigya, and the last one's account would be the one that all map.
    private static void requireOnlyOne(KeycloakSession session, IdentityProviderMapperModel mapper)
            throws SettingsException {
        var others = session.identityProviders()
                .getMappersByAliasStream(mapper.getIdentityProviderAlias())
                .filter(GigyaAccountImporter::isImporter)
                .anyMatch(other -> !other.getId().equals(mapper.getId()));
        if (others) {
            throw new SettingsException("gigyaImporterTwice", mapper.getIdentityProviderAlias());
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws jakarta.ws.rs.WebApplicationException where the account can't sign in
     */
    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        var uid = Optional.<Uid>empty();
        try {
            var parsed = parse(session, realm, mapper);
            uid = Optional.of(OpenIdProof.uid(context, parsed.site()));
            new AccountImport(session, realm, parsed.settings(), context)
                    .bring(parsed.site(), uid.get(), overwrites(mapper, context));
            GigyaConnector.metersOf(session).signIns().succeeded(Door.ACCOUNT_IMPORTER);
        } catch (SignInException failed) {
            throw refusal(session, realm, mapper, context).of(failed, uid);
        } catch (SettingsException wrong) {
            throw refusal(session, realm, mapper, context).of(SignInException.of(wrong), uid);
        }
    }

    private static BrokerRefusal refusal(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        return new BrokerRefusal(session, realm, context, mapper.getName());
    }

    private static boolean overwrites(IdentityProviderMapperModel mapper, BrokeredIdentityContext context) {
        var ofProvider = Optional.ofNullable(context.getIdpConfig().getSyncMode());
        var effective = IdentityProviderMapperSyncModeDelegate.combineIdpAndMapperSyncMode(
                ofProvider.orElse(IdentityProviderSyncMode.LEGACY), mapper.getSyncMode());
        return effective != IdentityProviderSyncMode.IMPORT;
    }

    @Override
    public void importNewUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        BrokeredAccount.of(context).ifPresent(account -> {
            var mapped = mapped(account, mapper);
            AccountLinks.rememberUid(user, account.uid());
            new AccountWriter(session, realm, user).writeAttributes(mapped);
            if (mapped.maps(UserModel.EMAIL)) {
                user.setEmailVerified(!isTypedByPerson(context) && isVerified(account, user.getEmail()));
                // Otherwise Keycloak decides once more, after its mappers, and by less (IdentityBrokerService of 26.7).
                context.setEmail(null);
            }
        });
    }

    /**
     * {@inheritDoc}
     *
     * @throws jakarta.ws.rs.WebApplicationException where it is not the user of this account
     */
    @Override
    public void updateBrokeredUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        BrokeredAccount.of(context).ifPresent(account -> {
            new ReachableUsers(session, realm, mapper.getIdentityProviderAlias(), sites(session, realm, mapper))
                    .requireAtLast(user, account.uid(), context);
            var written = new UserToWrite(session, user);
            AccountLinks.rememberUid(written, account.uid());
            new AccountWriter(session, realm, written).overwrite(mapped(account, mapper), account);
        });
    }

    private static Optional<SiteAccounts> sites(
            KeycloakSession session, RealmModel realm, IdentityProviderMapperModel mapper) {
        try {
            return Optional.of(SiteAccounts.of(parse(session, realm, mapper).site()));
        } catch (SettingsException changed) {
            return Optional.empty();
        }
    }

    private static boolean isTypedByPerson(BrokeredIdentityContext context) {
        var login = context.getAuthenticationSession();
        return login != null
                && Boolean.parseBoolean(login.getAuthNote(AbstractIdentityProvider.UPDATE_PROFILE_EMAIL_CHANGED));
    }

    private static boolean isVerified(BrokeredAccount account, String email) {
        return account.verifiedEmail()
                .filter(verified -> verified.equals(email))
                .isPresent();
    }

    private static MappedValues mapped(BrokeredAccount account, IdentityProviderMapperModel mapper) {
        try {
            var mappings = ImporterSettings.of(mapper).mappings();
            return new MappedValues(account.uid(), account::values, mappings);
        } catch (SettingsException changed) {
            throw new IllegalStateException("the importer was changed while this person signed in", changed);
        }
    }
}
