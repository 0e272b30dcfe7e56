package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.federation.settings.PasswordCheck;
import java.util.Set;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Who says whether a user's password is right, as the user leaves Gigya or comes back. To be called in the transaction in
 * which the user's link to the federation changes, with the user's row taken.
 */
public final class PasswordHandover {

    private final PasswordCheck check;

    /**
     * Hands over passwords of a federation's users.
     *
     * @param check who says so as long as they are the federation's
     */
    public PasswordHandover(PasswordCheck check) {
        this.check = check;
    }

    /** {@return the types of credentials that will be a user's password, of those that one has before the release} */
    public Set<String> kept() {
        return check == PasswordCheck.GIGYA
                ? Set.of(WaitingPassword.TYPE)
                : Set.of(WaitingPassword.TYPE, PasswordCredentialModel.TYPE);
    }

    /**
     * Makes the password that waits for a user one of Keycloak's own. One that Keycloak has already stays, where it let the
     * person in until now. Where only Gigya's did, it is outdated, and goes.
     *
     * @param local as Keycloak's own tables hold it
     */
    public void release(UserModel local) {
        var manager = local.credentialManager();
        var waiting = WaitingPassword.of(local);
        var own = WaitingPassword.ownOf(local).toList();
        if (!own.isEmpty() && check != PasswordCheck.GIGYA) {
            waiting.ifPresent(unused -> manager.removeStoredCredentialById(unused.getId()));
            return;
        }
        own.forEach(outdated -> manager.removeStoredCredentialById(outdated.getId()));
        waiting.ifPresent(password -> {
            password.setType(PasswordCredentialModel.TYPE);
            manager.updateStoredCredential(password);
        });
    }

    /**
     * Lets a password wait again that came from Gigya: Gigya's counts from now on. A password that was set, or hashed anew,
     * since the user left stays Keycloak's own, and lets nobody in where Gigya is asked.
     *
     * @param local as Keycloak's own tables hold it
     */
    public void rejoin(UserModel local) {
        WaitingPassword.ownOf(local)
                .filter(password -> WaitingPassword.fate(password) != PasswordFate.REHASHED)
                .toList()
                .forEach(password -> {
                    password.setType(WaitingPassword.TYPE);
                    local.credentialManager().updateStoredCredential(password);
                });
    }
}
