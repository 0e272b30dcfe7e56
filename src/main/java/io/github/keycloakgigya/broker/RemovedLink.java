package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.LinkedUid;
import io.github.keycloakgigya.broker.importer.GigyaAccountImporter;
import io.github.keycloakgigya.settings.SiteAccounts;
import java.util.Optional;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

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
            Uid.of(link.getUserId()).ifPresent(new LinkedUid(user)::forget);
        }
    }

    private boolean bringsUids(IdentityProviderModel provider) {
        return SiteAccounts.IDENTITY_PROVIDER_ID.equals(provider.getProviderId())
                || session.identityProviders()
                        .getMappersByAliasStream(provider.getAlias())
                        .anyMatch(GigyaAccountImporter::isImporter);
    }
}
