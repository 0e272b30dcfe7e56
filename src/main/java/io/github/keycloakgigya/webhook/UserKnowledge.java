package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import org.keycloak.models.UserModel;

/**
 * Whether users know already what their accounts hold, so that an event about one that has not changed costs one call.
 *
 * @param users of the federation
 */
record UserKnowledge(GigyaUsers users) {

    /**
     * {@return whether the account was read for its user after its last change} False where that can't be told, and for
     * users who are not imported.
     *
     * @param state what Gigya says of the account now
     */
    boolean covers(Uid uid, AccountInfo state) {
        return users.find(uid)
                .filter(user -> !users.isOnlyMissing(user))
                .filter(user -> knowsChange(user, state) && knowsAddress(user, state) && knowsPassword(user, state))
                .isPresent();
    }

    // Nobody documents that consents and organizations change the date of the account, nor that what follows does.
    private boolean knowsChange(UserModel user, AccountInfo state) {
        var asOf = FederatedUser.asOf(user);
        return GigyaField.sectionsOf(settings().fields()).isEmpty()
                && state.lastUpdated()
                        .filter(changed -> asOf.filter(changed::isBefore).isPresent())
                        .isPresent();
    }

    private static boolean knowsAddress(UserModel user, AccountInfo state) {
        return user.isEmailVerified() || state.verifiedEmails().isEmpty();
    }

    private boolean knowsPassword(UserModel user, AccountInfo state) {
        var counts = settings().endSessionsOnPasswordChange();
        return state.passwordCreated()
                .filter(created -> FederatedUser.isNewerThanTaken(user, created)
                        || counts && FederatedUser.isNewPassword(user, created))
                .isEmpty();
    }

    private StorageSettings settings() {
        return users.settings();
    }
}
