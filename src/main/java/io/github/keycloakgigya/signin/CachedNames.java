package io.github.keycloakgigya.signin;

import java.util.Optional;
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
 *
 * <p>To be made before the session loads the user. The cache takes nothing from a session that is older than a change of
 * the user (CacheManager.addRevisioned), and a session is as old as this. Made later, it could give the cache what the
 * session loaded before another one changed the user.
 */
public final class CachedNames {

    private final RealmModel realm;
    private final Optional<UserCache> byUsername;
    private final Optional<UserCache> byEmail;

    /** Begins what the cache may take, with two views of it, since each learns one name of a user only. */
    public CachedNames(KeycloakSession session, RealmModel realm) {
        this.realm = realm;
        this.byUsername = view(session);
        this.byEmail = realm.isLoginWithEmailAllowed() ? view(session) : Optional.empty();
    }

    private static Optional<UserCache> view(KeycloakSession session) {
        return Optional.ofNullable(session.getKeycloakSessionFactory().getProviderFactory(UserCache.class))
                .map(factory -> factory.create(session));
    }

    /**
     * Makes Keycloak's cache know the name of a user that it holds, and of which nothing was changed yet.
     *
     * @param user loaded after this was made, by nobody before
     */
    public void learn(UserModel user) {
        // Another one is not cached, or was changed in this session: then the cache must not learn anything.
        if (!(user instanceof CachedUserModel)) {
            return;
        }
        var username = user.getUsername();
        byUsername.ifPresent(users -> users.getUserByUsername(realm, username));
        if (username.indexOf('@') > 0) {
            byEmail.ifPresent(users -> users.getUserByEmail(realm, username));
        }
    }
}
