package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.importer.GigyaAccountImporter;
import io.github.keycloakgigya.broker.mapper.MappedFields;
import io.github.keycloakgigya.broker.signin.GigyaIdentityProviderConfig;
import io.github.keycloakgigya.broker.signin.ProviderSettings;
import io.github.keycloakgigya.broker.signin.ProviderValidation;
import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SiteAccounts;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import java.util.List;
import java.util.Optional;
import org.keycloak.broker.provider.AbstractIdentityProviderFactory;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The identity provider {@code gigya}, as an administrator adds it to a realm. */
public final class GigyaIdentityProviderFactory extends AbstractIdentityProviderFactory<GigyaIdentityProvider>
        implements ExtensionVersion, SupportedServersOnly {

    public static final String PROVIDER_ID = SiteAccounts.IDENTITY_PROVIDER_ID;

    private final MappedFields.Memory remembered = new MappedFields.Memory();

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getName() {
        return "Gigya";
    }

    @Override
    public String getHelpText() {
        return "gigyaIdentityProviderHelp";
    }

    @Override
    public GigyaIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
        return new GigyaIdentityProvider(session, new GigyaIdentityProviderConfig(model), remembered);
    }

    @Override
    public IdentityProviderModel createConfig() {
        return new GigyaIdentityProviderConfig();
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderSettings.properties();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof FederatedIdentityRemovedEvent removed) {
                new RemovedLink(removed.getKeycloakSession(), removed.getFederatedIdentity())
                        .forgetAt(removed.getUser());
            } else if (event instanceof RealmModel.IdentityProviderUpdatedEvent saved) {
                // Comes before the transaction is committed, whichever way the settings took.
                new ProviderValidation(saved.getKeycloakSession(), saved.getRealm())
                        .requireOwnKind(saved.getUpdatedIdentityProvider());
            }
        });
    }

    /**
     * A link of a user to an account that was removed.
     *
     * @param session of the request
     * @param link as it was
     */
    record RemovedLink(KeycloakSession session, FederatedIdentityModel link) {

        /** Removes what the link had brought of the account's name. */
        void forgetAt(UserModel user) {
            var provider = Optional.ofNullable(session.identityProviders().getByAlias(link.getIdentityProvider()));
            if (provider.filter(this::bringsUids).isPresent()) {
                Uid.of(link.getUserId()).ifPresent(uid -> AccountLinks.forgetUid(user, uid));
            }
        }

        private boolean bringsUids(IdentityProviderModel provider) {
            return SiteAccounts.IDENTITY_PROVIDER_ID.equals(provider.getProviderId())
                    || session.identityProviders()
                            .getMappersByAliasStream(provider.getAlias())
                            .anyMatch(GigyaAccountImporter::isImporter);
        }
    }
}
