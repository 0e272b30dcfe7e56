package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.AddressRule.AddressSource;
import io.github.keycloakgigya.account.AddressRule.HeldAddress;
import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.AddressRule.UnverifiedEmail;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/** The users of a realm that stand for the accounts of one Gigya site. */
public abstract sealed class GigyaUsers permits ImportedUsers, RemoteUsers {

    private static final Logger LOG = Logger.getLogger(GigyaUsers.class);

    /** What became of the user of an account that goes by another UID now. */
    public enum MovedAccount {
        /** The user stands for the other UID, with all that Keycloak knows of the person. */
        FOLLOWED,
        /** The other UID has a user as well, who stays. The one before has met the policy for missing accounts. */
        MERGED,
        /** There was no user who could follow. */
        NOBODY
    }

    /** Where the users belong to. */
    final Federation federation;

    GigyaUsers(Federation federation) {
        this.federation = federation;
    }

    /** {@return where the users belong to} */
    public final Federation federation() {
        return federation;
    }

    /** {@return how the site and its users are configured} */
    public final StorageSettings settings() {
        return federation.settings();
    }

    /** {@return the id of the user federation} */
    public final String componentId() {
        return federation.id();
    }

    /**
     * {@return the user that stands for an account, where Keycloak knows one without asking Gigya} Never looks at user
     * names or e-mail addresses.
     *
     * @param uid the account's UID, compared exactly
     */
    public abstract Optional<UserModel> find(Uid uid);

    /** {@return what {@link #find} answers, without keeping a database connection for the call to Gigya that follows} */
    public final Optional<UserModel> findBeforeCall(Uid uid) {
        return new JpaBriefReading(federation.session(), federation.realm())
                .user((own, ownRealm) -> in(federation.in(own, ownRealm)).find(uid))
                .filter(user -> standsFor(user, uid));
    }

    /**
     * {@return the user whom an account had until the user left the federation} Nobody else takes that place, and no
     * database connection is kept for a call to Gigya.
     */
    public final Optional<UserModel> released(Uid uid) {
        return new JpaBriefReading(federation.session(), federation.realm())
                .user((own, ownRealm) -> federation.in(own, ownRealm).released().userOf(uid));
    }

    /** {@return the same users, as another session sees them} */
    abstract GigyaUsers in(Federation ofOther);

    /** {@return whether a user stands for an account of this site} */
    public abstract boolean standsFor(UserModel user, Uid uid);

    /** {@return whether a user stands for any account of this site} */
    public final boolean owns(UserModel user) {
        return UserOwner.idOf(user).filter(componentId()::equals).isPresent();
    }

    /** {@return whether a user may sign in again once its account is known to exist} */
    public abstract boolean isOnlyMissing(UserModel user);

    /**
     * Brings the user of an account up to date, or makes it known to Keycloak. Writes only what changed.
     *
     * @param known the account's user, as {@link #find} found it
     * @param account what Gigya said about the account
     * @param addresses asked about an e-mail address that the user does not hold as verified
     * @throws AccountConflictException where its user name or e-mail address belongs to another user, and the policy
     *     does not allow to link the two; nothing was changed then
     * @throws GigyaException where Gigya could not say whether the e-mail address is verified; nothing was changed then
     */
    public abstract UserModel admit(Optional<UserModel> known, GigyaAccount account, AddressSource addresses)
            throws AccountConflictException, GigyaException;

    /**
     * Does what follows for a user where a call about this UID alone failed: nothing, unless Gigya said by it that the
     * account is gone or disabled.
     */
    public final void told(Uid uid, GigyaException failed) {
        if (failed.kind().provesAbsence()) {
            missing(uid);
        } else if (failed.kind() == FailureKind.ACCOUNT_DISABLED) {
            inactive(uid);
        }
    }

    /** Does what the policy for missing accounts says. Call it only where Gigya proved that there is no account. */
    public final void missing(Uid uid) {
        missing(uid, EndReason.DELETED);
    }

    /** Does the same, for a reason that is told where sessions end. */
    public abstract void missing(Uid uid, EndReason why);

    /**
     * {@return whether the policy for missing accounts leaves a user as it is} Whom an administrator disabled would come
     * back enabled with the account, if the user were removed.
     */
    public final boolean isLeft(UserModel user) {
        return switch (settings().missingAccountPolicy()) {
            case KEEP -> true;
            case DISABLE -> !user.isEnabled();
            case DELETE -> !user.isEnabled() && !isOnlyMissing(user);
        };
    }

    /** Disables the user and ends all sessions. Call it only where Gigya said so of this account alone: a search may be late. */
    public abstract void inactive(Uid uid);

    /**
     * Asks Gigya about the account itself, and does what follows, where something hints that it is disabled: a search may
     * be late, and a login identifier another account's. Asks nothing where nothing would follow.
     *
     * @param gigya a connection for one call
     */
    public final void confirmInactive(Uid uid, Supplier<GigyaApi> gigya) {
        if (!isOpen(uid)) {
            return;
        }
        try {
            if (!gigya.get().getAccountInfo(uid).about(uid).active()) {
                inactive(uid);
            }
        } catch (GigyaException failed) {
            told(uid, failed);
        }
    }

    /** {@return whether {@link #inactive} would do anything, as far as can be told without asking Gigya} */
    public abstract boolean isOpen(Uid uid);

    /**
     * Lets the user of an account that goes by another UID now stand for that one. Where there is a user of the other UID
     * already, that one stays, and the first meets the policy for missing accounts. Call it only where Gigya proved that
     * there is no account of the first UID any more and that there is one of the second.
     *
     * @param newUid not the same UID
     */
    public abstract MovedAccount moved(Uid uid, Uid newUid);

    /** Leaves one user of an account that has {@link Twins}, and returns its id, where another was removed for it. */
    public final Optional<String> settle(Uid uid) {
        return new Twins(federation).settle(uid, own -> in(own)::remove);
    }

    /**
     * {@return the user of an account that a look-up found; empty where the account may not become one}
     *
     * @throws AccountConflictException as {@link #admit}
     */
    public abstract Optional<UserModel> lookedUp(SeenAccount account) throws AccountConflictException, GigyaException;

    /** {@return those accounts that a list may show besides the users whom Keycloak holds itself} */
    public abstract List<SeenAccount> notListed(List<SeenAccount> accounts);

    /**
     * Disables a user of Keycloak's own tables, and ends all sessions before. Whom an administrator disabled stays so, and
     * loses the sessions that Keycloak kept: Gigya's word counts for these too.
     */
    final void disable(UserModel user, EndReason why) {
        if (MissingMark.isOn(user)) {
            return;
        }
        JpaUserLock.take(federation.session(), user.getId());
        federation.evict(user);
        var local = federation.localUsers().getUserById(federation.realm(), user.getId());
        if (local == null || !owns(local)) {
            // Another request, perhaps on another node, removed or released the user meanwhile.
            return;
        }
        if (!local.isEnabled()) {
            sessions().left(local, why);
            return;
        }
        LOG.infof("User %s is disabled, as its account in Gigya is gone or disabled", user.getId());
        MissingMark.disable(local, sessions(), why);
        // A search may not have seen yet what Gigya said of the account itself (SearchedAt).
        local.setSingleAttribute(
                FederatedUser.AS_OF, FederatedUser.text(Instant.ofEpochMilli(Time.currentTimeMillis())));
    }

    /** {@return whether a user was removed, with all sessions: not one who left the federation meanwhile} */
    final boolean remove(UserModel user, EndReason why) {
        if (StorageId.isLocalStorage(user.getId())) {
            JpaUserLock.take(federation.session(), user.getId());
            var local = federation.localUsers().getUserById(federation.realm(), user.getId());
            if (local == null || !owns(local)) {
                return false;
            }
        }
        sessions().of(user, federation.ids().inLog(user), why);
        return new UserManager(federation.session()).removeUser(federation.realm(), user);
    }

    /** {@return what ends the sessions of these users} */
    final SessionEnd sessions() {
        return new SessionEnd(federation.session(), federation.realm());
    }

    /** {@return what is known of the account's addresses, Gigya being asked about none that the user holds as verified} */
    final KnownAddresses knownOf(UserModel user, KnownAddresses ofGigya) {
        // Whether an address that is stored anyway has been verified meanwhile is not worth a call at each sign-in.
        var isSettled = user.isEmailVerified() || settings().site().unverifiedEmail() == UnverifiedEmail.STORE;
        return user.getEmail() != null && isSettled
                ? new HeldAddress(user.getEmail(), user.isEmailVerified(), ofGigya)
                : ofGigya;
    }
}
