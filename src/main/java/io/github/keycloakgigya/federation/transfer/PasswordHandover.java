package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.settings.StorageSettings.PasswordCheck;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import java.time.Instant;
import java.util.Set;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Who says whether a user's password is right, as the user leaves Gigya or comes back. To be called in the transaction in
 * which the user's link to the federation changes, with the user's row taken.
 */
public final class PasswordHandover {

    /**
     * The type of a credential that notes that a released user had a password of Keycloak's own before, which no rejoining
     * takes. No attribute: a realm may let people write their own.
     */
    static final String KEPT = "gigya-password-kept";

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
     * {@return whether a credential will not be a user's password, though it is of a type that will}
     *
     * @param created when it was, in epoch milliseconds; null where that is not known
     */
    public static boolean isOutdated(String type, Long created, UserModel user) {
        return WaitingPassword.TYPE.equals(type)
                && WaitingPassword.isOutdated(Instant.ofEpochMilli(created == null ? 0 : created), user);
    }

    /**
     * Makes the password that waits for a user one of Keycloak's own. One that Keycloak has already stays, where it let
     * the person in until now. Where only Gigya's did, it is outdated, and goes; so does one that waits, where the
     * account is known to have got another since.
     *
     * @param local as Keycloak's own tables hold it
     */
    public void release(UserModel local) {
        var manager = local.credentialManager();
        var waiting = WaitingPassword.of(local);
        var own = WaitingPassword.ownOf(local).toList();
        forgetKept(local);
        if (!own.isEmpty() && check != PasswordCheck.GIGYA) {
            waiting.ifPresent(unused -> manager.removeStoredCredentialById(unused.getId()));
            noteKept(local);
            say(PasswordFate.REHASHED, local);
            return;
        }
        own.forEach(outdated -> manager.removeStoredCredentialById(outdated.getId()));
        waiting.ifPresent(password -> {
            if (WaitingPassword.isOutdated(password, local)) {
                manager.removeStoredCredentialById(password.getId());
                say(PasswordFate.NONE, local);
                return;
            }
            password.setType(PasswordCredentialModel.TYPE);
            manager.updateStoredCredential(password);
        });
    }

    /**
     * Lets a password wait again: Gigya's counts from now on. One that was set, or hashed anew, since the user left waits as
     * well, or the person would go on signing in past Gigya where Keycloak's own lets people in. Only whoever had such a
     * password before the release has one again.
     *
     * @param local as Keycloak's own tables hold it
     * @return whether the user's own password goes on letting the user in
     */
    public boolean rejoin(UserModel local) {
        var isKept = forgetKept(local) && check != PasswordCheck.GIGYA;
        WaitingPassword.ownOf(local).filter(password -> !isKept).toList().forEach(password -> {
            password.setType(WaitingPassword.TYPE);
            local.credentialManager().updateStoredCredential(password);
            // What a newer one of the account's is compared with from now on.
            local.setSingleAttribute(
                    FederatedUser.PASSWORD, WaitingPassword.fate(password).id());
            local.setSingleAttribute(FederatedUser.PASSWORD_OF, FederatedUser.text(WaitingPassword.created(password)));
        });
        return isKept;
    }

    // Of whose password something was said before.
    private static void say(PasswordFate fate, UserModel local) {
        var said = local.getFirstAttribute(FederatedUser.PASSWORD);
        if (said != null && !said.equals(fate.id())) {
            local.setSingleAttribute(FederatedUser.PASSWORD, fate.id());
        }
    }

    private static void noteKept(UserModel local) {
        var note = new CredentialModel();
        note.setType(KEPT);
        note.setCreatedDate(Instant.now().toEpochMilli());
        note.setCredentialData("{}");
        note.setSecretData("{}");
        local.credentialManager().createStoredCredential(note);
    }

    /** {@return whether there was such a note} */
    private static boolean forgetKept(UserModel local) {
        var manager = local.credentialManager();
        var notes = manager.getStoredCredentialsByTypeStream(KEPT).toList();
        notes.forEach(note -> manager.removeStoredCredentialById(note.getId()));
        return !notes.isEmpty();
    }
}
