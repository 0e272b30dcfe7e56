package io.github.keycloakgigya.broker;

import io.github.keycloakgigya.account.GigyaAccount;
import java.util.Optional;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * The attribute {@code gigya.uid} of a user who is linked to an account. It tells others which account that is; who may
 * sign in is told by the link alone. The users of a federation keep theirs, whatever is written here.
 *
 * @param user whose attribute it is
 */
record LinkedUid(UserModel user) {

    /** Writes the UID, where it is not there yet. */
    void remember(String uid) {
        if (!uid.equals(user.getFirstAttribute(GigyaAccount.UID_ATTRIBUTE))) {
            user.setSingleAttribute(GigyaAccount.UID_ATTRIBUTE, uid);
        }
    }

    /** Removes the UID of a link that was removed. */
    void forget(KeycloakSession session, FederatedIdentityModel link) {
        var provider = Optional.ofNullable(session.identityProviders().getByAlias(link.getIdentityProvider()));
        if (provider.filter(model -> bringsUids(session, model)).isPresent()
                && link.getUserId().equals(user.getFirstAttribute(GigyaAccount.UID_ATTRIBUTE))) {
            user.removeAttribute(GigyaAccount.UID_ATTRIBUTE);
        }
    }

    private static boolean bringsUids(KeycloakSession session, IdentityProviderModel provider) {
        return GigyaIdentityProviderFactory.PROVIDER_ID.equals(provider.getProviderId())
                || session.identityProviders()
                        .getMappersByAliasStream(provider.getAlias())
                        .anyMatch(GigyaAccountImporter::isImporter);
    }
}
