package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.federation.organization.OrganizationMembers;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;

/**
 * Tells users who have left one federation from other users of Keycloak's own, and knows which account was theirs.
 *
 * <p>Who has left is protected by no federation any more: realms that let users edit unmanaged attributes let them write
 * {@code gigya.uid}, and so does {@code manage-users}. The attributes are therefore never believed by themselves. What is
 * believed is a note in Keycloak's federated storage, which nobody can write by the user's profile, of users who were
 * linked, or whose account got another UID; and without one the user's id, where it follows from the federation and the UID.
 */
public final class ReleaseMark {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserIds ids;
    private final Map<String, Optional<Uid>> notes = new HashMap<>();

    /** @param componentId of the federation that users have left */
    public ReleaseMark(KeycloakSession session, RealmModel realm, String componentId) {
        this.session = session;
        this.realm = realm;
        this.ids = new UserIds(componentId);
    }

    /** {@return whether flows are to take a user for one who has left, whichever federation that was} */
    public static boolean isShownBy(UserModel user) {
        return isLocal(user) && user.getFirstAttribute(FederatedUser.RELEASED) != null;
    }

    /**
     * {@return whether flows are to take the owner of a login name for one who has left} Looks into Keycloak's own tables
     * alone, as Keycloak would first; Gigya is not asked.
     *
     * @param name a user name, or an address where the realm takes these
     */
    public static boolean isShownByOwnerOf(String name, KeycloakSession session, RealmModel realm) {
        var local = UserStoragePrivateUtil.userLocalStorage(session);
        return Optional.ofNullable(
                        realm.isLoginWithEmailAllowed() && name.contains("@")
                                ? local.getUserByEmail(realm, name)
                                : null)
                .or(() -> Optional.ofNullable(local.getUserByUsername(realm, name)))
                .filter(ReleaseMark::isShownBy)
                .isPresent();
    }

    /** {@return the UID of the account that a user stood for; empty where the user has not left this federation} */
    public Optional<Uid> uidOf(UserModel user) {
        if (!isLocal(user)) {
            return Optional.empty();
        }
        return noted(user)
                .or(() -> FederatedUser.uidOf(user).filter(uid -> ids.of(uid).equals(user.getId())));
    }

    /** {@return whether a user stood for an account until the user left} */
    public boolean isOn(UserModel user, Uid uid) {
        return isLocal(user)
                && noted(user).map(uid::equals).orElseGet(() -> ids.of(uid).equals(user.getId()));
    }

    /** {@return the user who stood for an account until the user left} Looks into Keycloak's own tables alone. */
    public Optional<UserModel> userOf(Uid uid) {
        var local = UserStoragePrivateUtil.userLocalStorage(session);
        return Stream.concat(
                        Stream.ofNullable(local.getUserById(realm, ids.of(uid))),
                        local.searchForUserByUserAttributeStream(realm, FederatedUser.UID, uid.value()))
                .filter(user -> isOn(user, uid))
                .findFirst();
    }

    /** {@return these accounts but those whose users have left} */
    List<SeenAccount> without(List<SeenAccount> accounts) {
        return accounts.stream()
                .filter(account -> userOf(account.uid()).isEmpty())
                .toList();
    }

    /** Reads at once what is noted of these users. */
    public void read(JpaStoredUsers stored, Collection<String> userIds) {
        var found = stored.notes(note(), userIds);
        userIds.forEach(id -> notes.put(id, Uid.of(found.get(id))));
    }

    /**
     * Cuts the link of a user who stands for an account of the federation. Nothing else of the user changes.
     *
     * @param local as Keycloak's own storage has it, locked
     */
    public void put(UserModel local) {
        local.setFederationLink(null);
        local.setSingleAttribute(FederatedUser.RELEASED, ids.componentId());
        FederatedUser.uidOf(local).ifPresent(uid -> note(local, uid));
    }

    /**
     * Has a user of the federation stand for another account, as whose user it is known also where Keycloak itself cuts the
     * link.
     *
     * @param local as Keycloak's own storage has it, locked
     */
    void follow(UserModel local, Uid uid) {
        local.setSingleAttribute(FederatedUser.UID, uid.value());
        note(local, uid);
    }

    // Of most, the id tells it.
    private void note(UserModel local, Uid uid) {
        if (!ids.of(uid).equals(local.getId()) || noted(local).isPresent()) {
            notes.remove(local.getId());
            UserStorageUtil.userFederatedStorage(session).setSingleAttribute(realm, local.getId(), note(), uid.value());
        }
    }

    /**
     * Joins a user who has left to the federation again, to stand for the same account. Who may write attributes had the
     * time to write those by which this extension knows users: what could bring a user back whom an administrator has
     * disabled since, or keep Gigya's word away, goes.
     *
     * @param local as Keycloak's own storage has it, locked
     * @param uid as {@link #uidOf} told
     */
    public void take(UserModel local, Uid uid) {
        local.removeAttribute(FederatedUser.RELEASED);
        FederatedUser.forgetWritten(local);
        OrganizationMembers.attributes().forEach(local::removeAttribute);
        local.setSingleAttribute(FederatedUser.UID, uid.value());
        local.setFederationLink(ids.componentId());
    }

    /** {@return the UID of the account that is noted of a user who has left, or who followed an account to it} */
    Optional<Uid> noted(UserModel user) {
        return notes.computeIfAbsent(user.getId(), this::noted);
    }

    private Optional<Uid> noted(String userId) {
        return Uid.of(UserStorageUtil.userFederatedStorage(session)
                .getAttributes(realm, userId)
                .getFirst(note()));
    }

    private String note() {
        return FederatedUser.RELEASED + "." + ids.componentId();
    }

    private static boolean isLocal(UserModel user) {
        return user.getFederationLink() == null && StorageId.isLocalStorage(user.getId());
    }
}
