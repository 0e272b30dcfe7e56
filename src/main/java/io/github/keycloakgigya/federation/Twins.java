package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.session.UserEvents;
import io.github.keycloakgigya.monitoring.EndReason;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.ModelException;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Two users of one account: one who followed it to its UID, and one who was imported for that UID at the same moment, on
 * another node say. Neither transaction sees the other, and the ids differ, so that the database takes both. Therefore each
 * side looks once more when it is committed: whichever was committed last sees both. The older user stays, who has the
 * roles, links and sessions.
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
     * @param removal removes users of a federation
     */
    String only(String admitted, Uid uid, Function<Federation, BiConsumer<UserModel, EndReason>> removal) {
        var isImported = federation.ids().allOf(uid).anyMatch(admitted::equals);
        return isImported && areLikely() ? settle(uid, removal).orElse(admitted) : admitted;
    }

    /**
     * Removes all users of an account but the oldest, where they were imported for its UID, in a transaction of its own.
     *
     * @param removal removes users of a federation
     * @return the id of the oldest
     */
    Optional<String> settle(Uid uid, Function<Federation, BiConsumer<UserModel, EndReason>> removal) {
        try {
            return settled(uid, removal);
        } catch (ModelException raced) {
            // The other side has removed the user meanwhile.
            return settled(uid, removal);
        }
    }

    private Optional<String> settled(Uid uid, Function<Federation, BiConsumer<UserModel, EndReason>> removal) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                federation.session().getKeycloakSessionFactory(),
                federation.session().getContext(),
                own -> {
                    var seen = federation.in(
                            own, own.realms().getRealm(federation.realm().getId()));
                    return new Twins(seen).oldest(uid, removal.apply(seen));
                },
                "Users of one account");
    }

    private Optional<String> oldest(Uid uid, BiConsumer<UserModel, EndReason> removal) {
        var users = federation
                .localUsersNaming(uid)
                .filter(user -> FederatedUser.standsFor(user, federation.id(), uid))
                .sorted(OLDEST_FIRST)
                .toList();
        var imported = federation.ids().allOf(uid).toList();
        users.stream()
                .skip(1)
                .filter(user -> imported.contains(user.getId()))
                .forEach(younger -> remove(younger.getId(), users.get(0).getId(), removal));
        return users.stream().findFirst().map(user -> user.getId());
    }

    private void remove(String id, String stays, BiConsumer<UserModel, EndReason> removal) {
        var users = federation.session().users();
        Optional.ofNullable(users.getUserById(federation.realm(), id)).ifPresent(younger -> {
            LOG.infof("User %s is removed: user %s followed the account to its UID at the same time", id, stays);
            removal.accept(younger, EndReason.MERGED);
            new UserEvents(federation.session(), federation.realm()).merged(id, stays);
        });
    }
}
