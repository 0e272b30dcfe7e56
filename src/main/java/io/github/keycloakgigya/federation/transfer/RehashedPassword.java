package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.JpaUserLock;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;

/**
 * Says of who has left that the password which came along is the realm's own by now. Keycloak hashes it anew at a sign-in, in a
 * transaction that follows the sign-in's (PasswordCredentialProvider of 26.5 and 26.7), and tells nobody.
 */
public final class RehashedPassword {

    private static final Logger LOG = Logger.getLogger(RehashedPassword.class);

    private RehashedPassword() {}

    /**
     * Looks, once all that a request does is done, whether a password has been hashed anew, and notes that with its user. Does
     * nothing where there is nothing new to say.
     *
     * @param session of the request, in which the user has signed in
     */
    public static void noteAfter(KeycloakSession session, RealmModel realm, UserModel user) {
        if (!isToBeSaid(user) || WaitingPassword.ownOf(user).allMatch(password -> stays(password, session, realm))) {
            return;
        }
        var id = user.getId();
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                note(session, realm.getId(), id);
            }

            @Override
            protected void rollbackImpl() {
                // Nobody has signed in.
            }
        });
    }

    private static boolean isToBeSaid(UserModel user) {
        return ReleaseMark.isShownBy(user)
                && PasswordFate.TRANSFERRED.id().equals(user.getFirstAttribute(FederatedUser.PASSWORD));
    }

    // As it came, since that is how the realm hashes passwords anyway.
    private static boolean stays(CredentialModel password, KeycloakSession session, RealmModel realm) {
        var stored = PasswordCredentialModel.createFromCredentialModel(password);
        var data = stored.getPasswordCredentialData();
        var provider = data == null ? null : session.getProvider(PasswordHashProvider.class, data.getAlgorithm());
        return WaitingPassword.fate(password) == PasswordFate.TRANSFERRED
                && (provider == null || provider.policyCheck(realm.getPasswordPolicy(), stored));
    }

    private static void note(KeycloakSession session, String realmId, String userId) {
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                var realm = own.realms().getRealm(realmId);
                JpaUserLock.take(own, userId);
                // Past the cache, which may hold the password of before.
                var user = realm == null
                        ? null
                        : UserStoragePrivateUtil.userLocalStorage(own).getUserById(realm, userId);
                if (user != null && isToBeSaid(user) && isOwn(user)) {
                    user.setSingleAttribute(FederatedUser.PASSWORD, PasswordFate.REHASHED.id());
                    var cache = UserStorageUtil.userCache(own);
                    if (cache != null) {
                        cache.evict(realm, user);
                    }
                }
            });
        } catch (RuntimeException unavailable) {
            // The next sign-in says so.
            LOG.debugf("A password that was hashed anew is not noted: %s", unavailable.getClass());
        }
    }

    private static boolean isOwn(UserModel user) {
        return WaitingPassword.ownOf(user)
                .anyMatch(password -> WaitingPassword.fate(password) == PasswordFate.REHASHED);
    }
}
