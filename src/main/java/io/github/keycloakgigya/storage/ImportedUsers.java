package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.account.EmailVerifier;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;

/** Users that Keycloak's own tables hold, with a link to the federation. */
final class ImportedUsers extends GigyaUsers {

    private static final Logger LOG = Logger.getLogger(ImportedUsers.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserIds ids;

    ImportedUsers(Federation federation) {
        super(federation);
        this.session = federation.session();
        this.realm = federation.realm();
        this.ids = federation.ids();
    }

    @Override
    public Optional<UserModel> find(String uid) {
        var byId = Optional.ofNullable(session.users().getUserById(realm, ids.of(uid)))
                .filter(user -> standsFor(user, uid));
        return byId.isPresent() ? byId : findByAttribute(uid);
    }

    @Override
    public boolean standsFor(UserModel user, String uid) {
        return componentId().equals(user.getFederationLink()) && uid.equals(user.getFirstAttribute(FederatedUser.UID));
    }

    @Override
    public boolean isOnlyMissing(UserModel user) {
        return !user.isEnabled() && user.getFirstAttribute(FederatedUser.MISSING) != null;
    }

    @Override
    public UserModel admit(Optional<UserModel> known, GigyaAccount account, EmailVerifier emails)
            throws AccountConflictException, GigyaException {
        var profile = ImportedProfile.of(account, settings());
        if (known.isPresent()) {
            return update(known.get(), profile, emails);
        }
        var existing = federation.conflicts().of(profile, Optional.empty());
        if (existing.isEmpty()) {
            return create(profile, emails);
        }
        // Another request may have imported the account in the meantime.
        var imported = existing.filter(user -> standsFor(user, account.uid())).flatMap(user -> find(account.uid()));
        return imported.isPresent() ? update(imported.get(), profile, emails) : link(existing.get(), profile, emails);
    }

    @Override
    Optional<UserModel> lookedUp(RemoteAccount account) throws AccountConflictException, GigyaException {
        if (!account.active() || !account.registered()) {
            LOG.debugf(
                    "Account %s is not imported: it is disabled, or its registration is not finished", account.uid());
            return Optional.empty();
        }
        return Optional.of(admit(find(account.uid()), account.account(), account.emails()));
    }

    @Override
    List<RemoteAccount> notListed(List<RemoteAccount> accounts) {
        return accounts.stream()
                .filter(account -> account.active() && account.registered())
                .filter(account -> !isImported(account.uid()))
                .toList();
    }

    /** {@return whether Keycloak's own tables hold a user of the account} */
    boolean isImported(String uid) {
        var local = federation.localUsers().getUserById(realm, ids.of(uid));
        return local != null && standsFor(local, uid) || findByAttribute(uid).isPresent();
    }

    @Override
    public void missing(String uid) {
        find(uid).ifPresent(user -> {
            switch (settings().missingAccountPolicy()) {
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
        return federation
                .localUsers()
                .searchForUserByUserAttributeStream(realm, FederatedUser.UID, uid)
                .filter(user -> standsFor(user, uid))
                .findFirst()
                .map(user -> session.users().getUserById(realm, user.getId()));
    }

    private UserModel update(UserModel user, ImportedProfile profile, EmailVerifier emails)
            throws AccountConflictException, GigyaException {
        if (federation.conflicts().of(profile, Optional.of(user)).isPresent()) {
            throw new AccountConflictException("new user name or e-mail address");
        }
        var writer = new ProfileWriter(profile, ImportedProfile.mapsEmail(settings()));
        var verified = writer.changesEmailOf(user) && isEmailVerified(profile, emails);
        if (isOnlyMissing(user)) {
            user.setEnabled(true);
        }
        return writer.changes(user) ? write(user, writer, verified) : user;
    }

    // FederatedUser ignores writes to what Gigya owns, so that they go past it and past the cache.
    private UserModel write(UserModel user, ProfileWriter writer, boolean emailVerified) throws GigyaException {
        var local = Optional.ofNullable(federation.localUsers().getUserById(realm, user.getId()))
                .orElseThrow(() -> GigyaException.unavailable("the user was removed at the same time"));
        federation.evict(user);
        writer.write(local, emailVerified);
        return session.users().getUserById(realm, user.getId());
    }

    private UserModel create(ImportedProfile profile, EmailVerifier emails)
            throws AccountConflictException, GigyaException {
        var verified = isEmailVerified(profile, emails);
        var id = ids.of(profile.uid());
        try {
            new UserImport(session, realm, federation.component()).create(id, profile, verified);
            LOG.debugf("Imported user %s", id);
        } catch (ModelDuplicateException raced) {
            // Another request, perhaps on another node, was faster: with the same account, or with its name.
            var winner = find(profile.uid()).orElseThrow(() -> new AccountConflictException("user name"));
            return update(winner, profile, emails);
        }
        // A database that reads as of the start of a transaction, such as MySQL at its default, does not show it yet.
        return Optional.ofNullable(session.users().getUserById(realm, id))
                .orElseThrow(() -> GigyaException.unavailable(
                        "the user was imported, but this transaction can't see it; the next sign-in will"));
    }

    private UserModel link(UserModel existing, ImportedProfile profile, EmailVerifier emails)
            throws AccountConflictException, GigyaException {
        var conflict = new AccountConflictException("user name or e-mail address");
        if (settings().existingUserPolicy() != ExistingUserPolicy.LINK_VERIFIED_EMAIL
                || !federation.conflicts().isLinkable(existing, profile)
                || !isProvenEmail(profile, emails)) {
            throw conflict;
        }
        // Through the cache, which has to forget the user's former name and address as well.
        var user = session.users().getUserById(realm, existing.getId());
        user.setFederationLink(componentId());
        user.setSingleAttribute(FederatedUser.UID, profile.uid());
        // Users may have written it themselves until now. It would bring them back after an administrator disabled
        // them.
        user.removeAttribute(FederatedUser.MISSING);
        new ProfileWriter(profile, ImportedProfile.mapsEmail(settings())).write(user, true);
        LOG.infof("Linked user %s to its Gigya account by a verified e-mail address", user.getId());
        return session.users().getUserById(realm, user.getId());
    }

    private boolean isEmailVerified(ImportedProfile profile, EmailVerifier emails) throws GigyaException {
        return profile.email().isPresent() && (settings().site().trustEmail() || isProvenEmail(profile, emails));
    }

    // Linking never relies on trustEmail: that setting says that addresses are good enough to write mail to.
    private static boolean isProvenEmail(ImportedProfile profile, EmailVerifier emails) throws GigyaException {
        return profile.email().isPresent()
                && emails.isEmailVerified(profile.uid(), profile.email().get());
    }

    private void disable(UserModel user) {
        if (!user.isEnabled()) {
            return;
        }
        LOG.infof("User %s has no account in Gigya and is disabled", user.getId());
        var local = federation.localUsers().getUserById(realm, user.getId());
        local.setEnabled(false);
        local.setSingleAttribute(FederatedUser.MISSING, Boolean.TRUE.toString());
        federation.evict(user);
    }
}
