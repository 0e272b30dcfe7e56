package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.federation.session.UserEvents;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.ModelException;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Two users of one account: one who followed it to its UID, and one who was imported for that UID at the same moment, on
 * another node say. Neither transaction sees the other, and the ids differ, so that the database takes both. Therefore each
 * side looks once more when it is committed: whichever was committed last sees both. Who followed stays, who has the roles,
 * links and sessions; a note that nobody can write by the user's profile tells who that is ({@link ReleaseMark}). Only a
 * newcomer goes for it: who was there for longer, or was disabled by an administrator, is an administrator's matter.
 */
public final class Twins {

    private static final Logger LOG = Logger.getLogger(Twins.class);

    // Longer than any import takes from its look for a user until it is committed.
    private static final Duration MEMORY = Duration.ofMinutes(15);
    private static final String PREFIX = "gigya-follows:";

    private static final Comparator<UserModel> OLDEST_FIRST = Comparator.<UserModel, Long>comparing(
                    user -> Optional.ofNullable(user.getCreatedTimestamp()).orElse(0L))
            .thenComparing(user -> user.getId());

    private final Federation federation;

    /** Looks at the users of one federation. */
    public Twins(Federation federation) {
        this.federation = federation;
    }

    /**
     * Tells all nodes that a user may follow an account now, so that whoever imports one looks once more. To be done before
     * it is looked whether the account's UID has a user: who imports it without knowing of this is seen by that look.
     */
    void expect() {
        // Keycloak's store writes when a transaction ends.
        KeycloakModelUtils.runJobInTransaction(
                federation.session().getKeycloakSessionFactory(),
                own -> own.getProvider(SingleUseObjectProvider.class).put(key(), MEMORY.toSeconds(), Map.of()));
    }

    /** {@return whether a user followed an account lately} */
    public boolean areLikely() {
        return federation.session().getProvider(SingleUseObjectProvider.class).contains(key());
    }

    private String key() {
        return PREFIX + federation.id();
    }

    /**
     * {@return the id of the only user of an account}
     *
     * @param admitted the id of the user who was imported, which is committed, or linked, which is not
     * @param removal removes users of a federation, and tells whether it did
     */
    String only(String admitted, Uid uid, Function<Federation, BiPredicate<UserModel, EndReason>> removal) {
        var isImported = federation.ids().allOf(uid).anyMatch(admitted::equals);
        return isImported && areLikely() ? settle(uid, removal).orElse(admitted) : admitted;
    }

    /**
     * Removes the newcomer of an account that a user followed, in a transaction of its own.
     *
     * @param removal removes users of a federation, and tells whether it did
     * @return the id of who followed; empty where nobody was removed
     */
    Optional<String> settle(Uid uid, Function<Federation, BiPredicate<UserModel, EndReason>> removal) {
        try {
            return settled(uid, removal);
        } catch (ModelException raced) {
            // The other side has removed the user meanwhile.
            return settled(uid, removal);
        }
    }

    private Optional<String> settled(Uid uid, Function<Federation, BiPredicate<UserModel, EndReason>> removal) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                federation.session().getKeycloakSessionFactory(),
                federation.session().getContext(),
                own -> {
                    var seen = federation.in(
                            own, own.realms().getRealm(federation.realm().getId()));
                    return new Twins(seen).follower(uid, removal.apply(seen));
                },
                "Users of one account");
    }

    private Optional<String> follower(Uid uid, BiPredicate<UserModel, EndReason> removal) {
        var imported = federation.ids().allOf(uid).toList();
        // What is read of them from here on is what they are when they go.
        imported.forEach(id -> JpaUserLock.take(federation.session(), id));
        var users = federation
                .localUsersNaming(uid)
                .filter(user -> FederatedUser.standsFor(user, federation.id(), uid))
                .toList();
        var stays = users.stream()
                .filter(user -> !imported.contains(user.getId())
                        && federation.released().noted(user).filter(uid::equals).isPresent())
                .min(OLDEST_FIRST);
        if (stays.isEmpty()) {
            return Optional.empty();
        }
        var removed = users.stream()
                .filter(user -> imported.contains(user.getId()))
                .filter(user -> isRemoved(user, stays.get().getId(), removal))
                .toList();
        return removed.isEmpty() ? Optional.empty() : stays.map(follower -> follower.getId());
    }

    private boolean isRemoved(UserModel imported, String stays, BiPredicate<UserModel, EndReason> removal) {
        if (!isNewcomer(imported)) {
            LOG.warnf("Users %s and %s have one account: remove one of them", imported.getId(), stays);
            return false;
        }
        var id = imported.getId();
        var newcomer = federation.session().users().getUserById(federation.realm(), id);
        if (newcomer == null || !removal.test(newcomer, EndReason.MERGED)) {
            return false;
        }
        LOG.infof("User %s is removed: user %s followed the account to its UID at the same time", id, stays);
        new UserEvents(federation.session(), federation.realm()).merged(id, stays);
        return true;
    }

    // Nobody gets in again by the removal of one whom an administrator keeps out.
    private static boolean isNewcomer(UserModel user) {
        var created = Optional.ofNullable(user.getCreatedTimestamp()).orElse(0L);
        return created > Time.currentTimeMillis() - MEMORY.toMillis() && (user.isEnabled() || MissingMark.isOn(user));
    }
}
