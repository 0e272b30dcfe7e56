package io.github.keycloakgigya.federation.admission;

import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.UserCache;

/**
 * How a door lets people in.
 *
 * @param known the account's user, where the door knows that one; found by the UID where it does not
 * @param expected the only user who may come, whom the login named before; empty where anybody may
 * @param guarded whether who is disabled or locked in Keycloak is kept out here, rather than by Keycloak
 * @param identityProvider the alias of the identity provider that people come by; empty where they come by none. Of its
 *     people each has one account, and whose name or address belongs to a user who is not the federation's can be proven
 *     to be the same person
 * @param names what Keycloak's cache may learn of a user whom this request did not know before; empty where it did
 * @param typed a password that Gigya has accepted; empty where the door takes none
 * @param event told of the user as soon as there is one; empty where others tell it
 */
public record Entrance(
        Optional<UserModel> known,
        Optional<UserModel> expected,
        boolean guarded,
        Optional<String> identityProvider,
        Optional<CachedNames> names,
        Optional<String> typed,
        Optional<EventBuilder> event) {

    /**
     * {@return a step of a flow}
     *
     * @param expected whom the login names already
     * @param names made before the proof was verified
     */
    public static Entrance ofStep(Optional<UserModel> expected, CachedNames names, EventBuilder event) {
        return new Entrance(
                Optional.empty(),
                expected,
                true,
                Optional.empty(),
                unloaded(names, expected),
                Optional.empty(),
                Optional.of(event));
    }

    /**
     * {@return an identity provider}
     *
     * @param linked whom it links the account to, and may reach
     * @param expected whose open session is to be renewed
     * @param names made before the linked user was looked for
     */
    public static Entrance ofIdentityProvider(
            String alias, Optional<UserModel> linked, Optional<UserModel> expected, CachedNames names) {
        return new Entrance(
                linked,
                expected,
                true,
                Optional.of(alias),
                unloaded(names, expected),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * {@return a password, which Keycloak takes of nobody whom it keeps out}
     *
     * @param typed which Gigya has accepted
     */
    public static Entrance ofPassword(UserModel user, String typed) {
        return new Entrance(
                Optional.of(user),
                Optional.of(user),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(typed),
                Optional.empty());
    }

    // A user whom the login names already is loaded since before it began.
    private static Optional<CachedNames> unloaded(CachedNames names, Optional<UserModel> expected) {
        return Optional.of(names).filter(ofAnybody -> expected.isEmpty());
    }

    /** Leaves the users and the password out, so that no log shows them. */
    @Override
    public String toString() {
        return "Entrance[]";
    }

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
    public static final class CachedNames {

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
}
