package io.github.keycloakgigya.broker.account;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.settings.SiteAccounts;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPageException;

/**
 * Which users the sign-ins of an identity provider may reach. Who edits the provider chooses its site, and whose site it
 * is chooses its UIDs. A user of a Gigya federation is therefore reached only where that federation itself names the site,
 * and only by the own UID, whoever was linked to whom before; and one who has left such a federation is not reached at all
 * while that is there.
 *
 * @param session of the request
 * @param realm of the users
 * @param alias of the identity provider
 * @param sites whose sign-ins count there; empty where its settings name none
 */
public record ReachableUsers(KeycloakSession session, RealmModel realm, String alias, Optional<SiteAccounts> sites) {

    private static final Logger LOG = Logger.getLogger(ReachableUsers.class);
    private static final String SITES = "gigya.sites";

    /** {@return those of an identity provider {@code gigya}} */
    public static ReachableUsers of(KeycloakSession session, RealmModel realm, IdentityProviderModel provider) {
        return new ReachableUsers(session, realm, provider.getAlias(), SiteAccounts.of(provider));
    }

    /** Notes in a sign-in whose it is, since the provider can be moved before a first one has come to its end. */
    public void noteIn(BrokeredIdentityContext context) {
        context.getContextData().put(SITES, text());
    }

    private String text() {
        return sites.map(SiteAccounts::text).orElse("");
    }

    /** {@return whether sign-ins of this account may reach a user} */
    public boolean include(UserModel user, Uid uid) {
        return refusal(user, uid).isEmpty();
    }

    /**
     * Makes sure that a sign-in may reach a user.
     *
     * @param uid of the account
     */
    public void require(UserModel user, Uid uid) throws SignInException {
        require(user, uid, SignInError.ACCOUNT_CONFLICT);
    }

    /** Makes sure of it, where a signed-in user wants the account to be linked. */
    public void requireLinkable(UserModel user, Uid uid) throws SignInException {
        require(user, uid, SignInError.ACCOUNT_OF_ANOTHER_USER);
    }

    private void require(UserModel user, Uid uid, SignInError error) throws SignInException {
        var refusal = refusal(user, uid);
        if (refusal.isPresent()) {
            throw SignInException.of(error, refusal.get());
        }
    }

    /**
     * Makes sure that Keycloak will not offer a new person to be taken for a user out of reach, because of an equal user
     * name or e-mail address (IdpCreateUserIfUniqueAuthenticator of 26.7).
     */
    public void requireNone(String username, Optional<String> email, Uid uid) throws SignInException {
        if (new GigyaFederations(session, realm).areNone()) {
            return;
        }
        var users = session.users();
        var alike = Stream.concat(
                        Stream.ofNullable(users.getUserByUsername(realm, username)),
                        email
                                .filter(address -> !realm.isDuplicateEmailsAllowed())
                                .map(address -> users.getUserByEmail(realm, address))
                                .stream())
                .toList();
        for (var user : alike) {
            require(user, uid);
        }
    }

    /**
     * Makes sure of it where Keycloak's own flow has led to a user, the one after a first sign-in say, which may have
     * found somebody else than was to be expected. Undoes what the flow has done.
     *
     * @throws WebApplicationException with what a browser or an app is told
     */
    public void requireAtLast(UserModel user, Uid uid, BrokeredIdentityContext context) {
        var refusal = refusal(user, uid).or(() -> refusalOfMoved(user, context));
        if (refusal.isPresent()) {
            session.getTransactionManager().setRollbackOnly();
            var login = context.getAuthenticationSession();
            throw login == null
                    ? BrokerRefusal.oauthError(SignInError.ACCOUNT_CONFLICT)
                    : new ErrorPageException(
                            session, login, Response.Status.BAD_REQUEST, SignInError.ACCOUNT_CONFLICT.messageKey());
        }
    }

    private Optional<String> refusal(UserModel user, Uid uid) {
        var federations = new GigyaFederations(session, realm);
        var owner = federations.ownerOf(user);
        if (owner.isEmpty()) {
            return federations.hasLeftOne(user) ? Optional.of("the user has left Gigya") : Optional.empty();
        }
        if (!owner.get().accepts(sites)) {
            LOG.warnf(
                    "The identity provider %s of realm %s does not lead to users of the user federation %s, which does"
                            + " not name all of its sites (API domain, API keys)",
                    alias, realm.getName(), owner.get().name());
            return Optional.of("the user's federation does not name the site");
        }
        return owner.get().knows(user, uid)
                ? Optional.empty()
                : Optional.of("the user stands for another account of a federation");
    }

    private Optional<String> refusalOfMoved(UserModel user, BrokeredIdentityContext context) {
        var isMoved = !text().equals(context.getContextData().get(SITES));
        return isMoved && new GigyaFederations(session, realm).ownerOf(user).isPresent()
                ? Optional.of("the identity provider was moved since the sign-in began")
                : Optional.empty();
    }
}
