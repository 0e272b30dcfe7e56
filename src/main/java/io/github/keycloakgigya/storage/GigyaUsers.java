package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.account.EmailVerifier;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;

/** The users of a realm that stand for the accounts of one Gigya site. */
public final class GigyaUsers {

    private static final Logger LOG = Logger.getLogger(GigyaUsers.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final StorageSettings settings;
    private final UserIds ids;

    GigyaUsers(KeycloakSession session, RealmModel realm, ComponentModel component, StorageSettings settings) {
        this.session = session;
        this.realm = realm;
        this.component = component;
        this.settings = settings;
        this.ids = new UserIds(component.getId());
    }

    /** {@return how the site and its users are configured} */
    public StorageSettings settings() {
        return settings;
    }

    /** {@return the id of the user federation} */
    public String componentId() {
        return component.getId();
    }

    /**
     * {@return the user that stands for an account} Never looks at user names or e-mail addresses.
     *
     * @param uid the account's UID, compared exactly
     */
    public Optional<UserModel> find(String uid) {
        var byId = Optional.ofNullable(session.users().getUserById(realm, ids.of(uid)))
                .filter(user -> standsFor(user, uid));
        return byId.isPresent() ? byId : findByAttribute(uid);
    }

    /** {@return whether a user stands for an account of this site} */
    public boolean standsFor(UserModel user, String uid) {
        return FederatedUser.standsFor(user, component.getId(), uid);
    }

    /** {@return whether a user may sign in again once its account is known to exist} */
    public boolean isOnlyMissing(UserModel user) {
        return MissingMark.isOn(user);
    }

    /**
     * Brings the user of an account up to date, or imports it. Writes only what changed.
     *
     * @param known the account's user, as {@link #find} found it
     * @param account what a verified token said about the account
     * @param emails asked whether the e-mail address is verified, where it is new
     * @throws AccountConflictException where its user name or e-mail address belongs to another user, and the policy
     *     does not allow to link the two; nothing was changed then
     * @throws GigyaException where Gigya could not say whether the e-mail address is verified; nothing was changed then
     */
    public UserModel admit(Optional<UserModel> known, GigyaAccount account, EmailVerifier emails)
            throws AccountConflictException, GigyaException {
        var admission = Admission.ofSignIn(account, settings, emails);
        return update(known.isPresent() ? known.get() : admitNew(admission), admission);
    }

    /** Does what the policy for missing accounts says. Call it only where Gigya proved that there is no account. */
    public void missing(String uid) {
        find(uid).ifPresent(user -> {
            switch (settings.missingAccountPolicy()) {
                case KEEP -> LOG.debugf("User %s has no account in Gigya and is kept", user.getId());
                case DISABLE -> disable(user);
                case DELETE -> {
                    LOG.infof("User %s has no account in Gigya and is removed", user.getId());
                    new UserManager(session).removeUser(realm, user);
                }
            }
        });
    }

    private Optional<UserModel> findByAttribute(String uid) {
        // Users that were linked rather than imported. The local storage answers exactly; other providers need not be
        // asked.
        return UserStoragePrivateUtil.userLocalStorage(session)
                .searchForUserByUserAttributeStream(realm, FederatedUser.UID, uid)
                .filter(user -> standsFor(user, uid))
                .findFirst()
                .map(user -> session.users().getUserById(realm, user.getId()));
    }

    private UserModel admitNew(Admission admission) throws AccountConflictException, GigyaException {
        var uid = admission.profile().uid();
        try {
            var id = new Newcomers(session, realm, component, settings).admit(admission);
            // A database that reads as of the start of a transaction, such as MySQL at its default, may not show it
            // yet.
            return Optional.ofNullable(session.users().getUserById(realm, id))
                    .orElseThrow(() -> GigyaException.unavailable(
                            "the user was imported, but this transaction can't see it; the next sign-in will"));
        } catch (ModelDuplicateException raced) {
            // Another request, perhaps on another node, was faster: with the same account, or with its name.
            return find(uid).orElseThrow(() -> new AccountConflictException("user name"));
        }
    }

    private UserModel update(UserModel user, Admission admission) throws AccountConflictException, GigyaException {
        var profile = admission.profile();
        if (conflicts().of(profile, Optional.of(user)).isPresent()) {
            throw new AccountConflictException("new user name or e-mail address");
        }
        var writer = new ProfileWriter(profile, ImportedProfile.mapsEmail(settings));
        if (!writer.changes(user) && !isOnlyMissing(user)) {
            return user;
        }
        var verified = writer.changesEmailOf(user) && admission.isEmailVerified(settings);
        if (isOnlyMissing(user)) {
            user.setEnabled(true);
        }
        writer.write(user, verified);
        // To the local storage directly, since FederatedUser protects it.
        admission
                .asOf()
                .map(FederatedUser::text)
                .ifPresent(asOf -> local(user).setSingleAttribute(FederatedUser.AS_OF, asOf));
        return user;
    }

    private void disable(UserModel user) {
        if (!user.isEnabled()) {
            return;
        }
        LOG.infof("User %s has no account in Gigya and is disabled", user.getId());
        MissingMark.correct(local(user), false);
        evict(user);
    }

    // What is written to the local storage directly must leave the cache, on every node.
    private void evict(UserModel user) {
        var cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(realm, user);
        }
    }

    private UserModel local(UserModel user) {
        return UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, user.getId());
    }

    private UserConflicts conflicts() {
        return new UserConflicts(realm, UserStoragePrivateUtil.userLocalStorage(session));
    }
}
