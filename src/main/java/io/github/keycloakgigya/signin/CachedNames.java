package io.github.keycloakgigya.signin;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.UserCache;

/**
 * Spares a sign-in the SQL by which Keycloak looks its user up once more, by user name and by e-mail address.
 *
 * <p>Keycloak does that at the end of every sign-in, to validate the user's profile (VerifyUserProfile and
 * DuplicateUsernameValidator of 26.7). Its cache knows the answers, but learns them only in a session that does not hold
 * the user yet (UserCacheSession.getUserByUsername); a user who was found by an account is always held.
 */
public final class CachedNames {

    private final KeycloakSession session;
    private final RealmModel realm;

    public CachedNames(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Makes Keycloak's cache know the name of a user that it holds, and of which nothing was changed yet. */
    public void learn(UserModel user) {
        // Another one is not cached, or was changed in this session: then the cache must not learn anything.
        if (!(user instanceof CachedUserModel)) {
            return;
        }
        var username = user.getUsername();
        lookUp(username, UserCache::getUserByUsername);
        if (username.indexOf('@') > 0 && realm.isLoginWithEmailAllowed()) {
            lookUp(username, UserCache::getUserByEmail);
        }
    }

    // Each in a view of the cache that holds no user.
    private void lookUp(String name, Ask ask) {
        var factory = session.getKeycloakSessionFactory().getProviderFactory(UserCache.class);
        if (factory != null) {
            ask.of(factory.create(session), realm, name);
        }
    }

    private interface Ask {
        UserModel of(UserCache users, RealmModel realm, String name);
    }
}
