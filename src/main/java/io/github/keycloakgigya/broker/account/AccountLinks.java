package io.github.keycloakgigya.broker.account;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.JpaBriefReading;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The links of users to the accounts of one identity provider.
 *
 * @param session of the request
 * @param realm of the users
 * @param alias of the identity provider
 */
public record AccountLinks(KeycloakSession session, RealmModel realm, String alias) {

    private static final String FIRST = "gigya.firstLink";

    /** {@return the user whom Keycloak takes for the one that is linked to an account} */
    public Optional<UserModel> found(Uid uid) {
        var link = new FederatedIdentityModel(alias, uid.value(), null);
        return Optional.ofNullable(session.users().getUserByFederatedIdentity(realm, link));
    }

    /**
     * {@return the user who is linked to exactly this account} A database may not tell upper from lower case (MySQL's
     * usual collations), but Gigya does. To be asked before a call to Gigya: no database connection is kept for it.
     *
     * @throws SignInException where Keycloak takes another account's user for this one's; it would do so again where
     *     that counted as no user
     */
    public Optional<UserModel> userOf(Uid uid) throws SignInException {
        var user = new JpaBriefReading(session, realm)
                .user((own, ownRealm) -> new AccountLinks(own, ownRealm, alias).loaded(uid));
        if (user.isPresent() && !isLinked(user.get(), uid)) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, "the link is another account's");
        }
        return user;
    }

    /** {@return the link of a user, who has one at most} */
    public Optional<FederatedIdentityModel> of(UserModel user) {
        return Optional.ofNullable(session.users().getFederatedIdentity(realm, user, alias));
    }

    /** Links a user who is not linked yet to the account of a sign-in, and notes there that it is the first. */
    public void link(UserModel user, BrokeredIdentityContext context) {
        if (of(user).isEmpty()) {
            session.users()
                    .addFederatedIdentity(
                            realm, user, new FederatedIdentityModel(alias, context.getId(), context.getUsername()));
            noteFirst(context);
        }
    }

    // With the link, so that Keycloak's cache knows it too.
    private Optional<UserModel> loaded(Uid uid) {
        var user = found(uid);
        user.ifPresent(this::of);
        return user;
    }

    private boolean isLinked(UserModel user, Uid uid) {
        return of(user).map(FederatedIdentityModel::getUserId)
                .filter(uid.value()::equals)
                .isPresent();
    }

    /**
     * Notes that a sign-in is the first brokered one of a federation's user. Keycloak finds the user linked already and
     * would take it for a later one, so that mappers which run once would never run.
     */
    public static void noteFirst(BrokeredIdentityContext context) {
        context.getContextData().put(FIRST, true);
    }

    /** {@return whether a sign-in is the first brokered one of a federation's user} */
    public static boolean isFirst(BrokeredIdentityContext context) {
        return context.getContextData().containsKey(FIRST);
    }

    /** Runs all mappers as for a new user, where it is (IdentityBrokerService.afterFirstBrokerLogin of 26.7). */
    public static void importFirst(
            BrokeredIdentityContext context, KeycloakSession session, RealmModel realm, UserModel user) {
        if (!isFirst(context)) {
            return;
        }
        session.identityProviders()
                .getMappersByAliasStream(context.getIdpConfig().getAlias())
                .forEach(mapper -> {
                    var target = (IdentityProviderMapper) session.getKeycloakSessionFactory()
                            .getProviderFactory(IdentityProviderMapper.class, mapper.getIdentityProviderMapper());
                    target.importNewUser(session, realm, user, mapper, context);
                });
    }

    /**
     * Writes the attribute {@code gigya.uid} of a user who is linked to an account, where it is not there yet. It tells
     * others which account that is; who may sign in is told by the link alone. The users of a federation keep theirs,
     * whatever is written here.
     */
    public static void rememberUid(UserModel user, Uid uid) {
        if (!uid.value().equals(user.getFirstAttribute(GigyaAccount.UID_ATTRIBUTE))) {
            user.setSingleAttribute(GigyaAccount.UID_ATTRIBUTE, uid.value());
        }
    }

    /** Removes the attribute. */
    public static void forgetUid(UserModel user, Uid uid) {
        if (uid.value().equals(user.getFirstAttribute(GigyaAccount.UID_ATTRIBUTE))) {
            user.removeAttribute(GigyaAccount.UID_ATTRIBUTE);
        }
    }
}
