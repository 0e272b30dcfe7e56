package io.github.keycloakgigya.broker.account;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.Uid;
import org.keycloak.models.UserModel;

/**
 * The attribute {@code gigya.uid} of a user who is linked to an account. It tells others which account that is; who may
 * sign in is told by the link alone. The users of a federation keep theirs, whatever is written here.
 */
public final class LinkedUid {

    private LinkedUid() {}

    /** Writes the UID, where it is not there yet. */
    public static void remember(UserModel user, Uid uid) {
        if (!uid.value().equals(user.getFirstAttribute(GigyaAccount.UID_ATTRIBUTE))) {
            user.setSingleAttribute(GigyaAccount.UID_ATTRIBUTE, uid.value());
        }
    }

    /** Removes the UID. */
    public static void forget(UserModel user, Uid uid) {
        if (uid.value().equals(user.getFirstAttribute(GigyaAccount.UID_ATTRIBUTE))) {
            user.removeAttribute(GigyaAccount.UID_ATTRIBUTE);
        }
    }
}
