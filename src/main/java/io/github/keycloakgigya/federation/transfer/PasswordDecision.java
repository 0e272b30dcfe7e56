package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.api.leaving.LeavingAccount.Source;
import io.github.keycloakgigya.api.leaving.StoredPassword;
import io.github.keycloakgigya.api.leaving.StoredPassword.Hashed;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.settings.StorageSettings.PasswordCheck;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * What is to become of a password.
 *
 * @param fate what will have become of it
 * @param algorithm the name of its algorithm, empty where there is none
 * @param waiting what waits for the user now
 * @param replacement what is to wait instead
 * @param outdated whether what waits is not the account's password any more
 */
record PasswordDecision(
        PasswordFate fate,
        String algorithm,
        Optional<CredentialModel> waiting,
        Optional<CredentialModel> replacement,
        boolean outdated) {

    /**
     * Decides.
     *
     * @param user as Keycloak's own tables hold it
     */
    static PasswordDecision of(LeavingAccount account, UserModel user, PasswordCheck check, KeycloakSession session) {
        var waiting = WaitingPassword.of(user);
        var hash = account.password()
                .filter(Hashed.class::isInstance)
                .map(Hashed.class::cast)
                .filter(hashed -> WaitingPassword.isVerifiable(hashed.by(), session));
        var isOutdated = waiting.filter(
                        present -> WaitingPassword.isOutdated(present, user) || isReplaced(account, hash, present))
                .isPresent();
        if (waiting.isPresent() && !isOutdated) {
            return kept(waiting.get(), waiting);
        }
        var own = WaitingPassword.ownOf(user).findFirst();
        if (own.isPresent() && check != PasswordCheck.GIGYA) {
            // Which the person uses, and goes on using.
            return new PasswordDecision(
                    PasswordFate.REHASHED, WaitingPassword.algorithm(own.get()), waiting, Optional.empty(), isOutdated);
        }
        var algorithm = account.password().map(StoredPassword::algorithm).orElse("");
        // A file may be older than what a sign-in or a sync saw of the account.
        if (hash.isPresent() && !WaitingPassword.isOutdated(created(account), user)) {
            var stored = WaitingPassword.of(hash.get(), created(account));
            return new PasswordDecision(PasswordFate.TRANSFERRED, algorithm, waiting, Optional.of(stored), isOutdated);
        }
        var hasPassword = account.password().isPresent() || account.isHashWithheld() || isLeftOut(account, user);
        return new PasswordDecision(
                hasPassword ? PasswordFate.UNSUPPORTED : PasswordFate.NONE,
                algorithm,
                waiting,
                Optional.empty(),
                isOutdated);
    }

    /**
     * {@return what becomes of the password of somebody who may not sign in at Gigya: it does not wait} A release would make
     * it one that lets its owner in.
     */
    static PasswordDecision ofShutOut(LeavingAccount account, UserModel user, PasswordCheck check) {
        var waiting = WaitingPassword.of(user);
        var own = WaitingPassword.ownOf(user).findFirst().filter(any -> check != PasswordCheck.GIGYA);
        return new PasswordDecision(
                own.isPresent() ? PasswordFate.REHASHED : PasswordFate.NONE,
                account.password().map(StoredPassword::algorithm).orElse(""),
                waiting,
                Optional.empty(),
                waiting.isPresent());
    }

    /** {@return what became of the password of somebody who has left} */
    static PasswordDecision ofReleased(UserModel user) {
        return WaitingPassword.ownOf(user)
                .findFirst()
                .map(own -> kept(own, Optional.empty()))
                .orElseGet(
                        () -> new PasswordDecision(PasswordFate.NONE, "", Optional.empty(), Optional.empty(), false));
    }

    private static PasswordDecision kept(CredentialModel password, Optional<CredentialModel> waiting) {
        return new PasswordDecision(
                WaitingPassword.fate(password), WaitingPassword.algorithm(password), waiting, Optional.empty(), false);
    }

    // By a file, of a user whose password is known to be one that only Gigya can check.
    private static boolean isLeftOut(LeavingAccount account, UserModel user) {
        return account.source() == Source.FILE
                && PasswordFate.UNSUPPORTED.id().equals(user.getFirstAttribute(FederatedUser.PASSWORD));
    }

    // Where no time is told, what is told counts. What was typed is of another form anyway, and goes by the hash alone.
    private static boolean isReplaced(LeavingAccount account, Optional<Hashed> hash, CredentialModel waiting) {
        if (account.passwordCreated().isPresent()) {
            return account.passwordCreated().get().isAfter(WaitingPassword.created(waiting));
        }
        if (hash.isPresent()) {
            return !WaitingPassword.isOf(hash.get(), waiting);
        }
        return account.password().isPresent()
                ? WaitingPassword.fate(waiting) == PasswordFate.TRANSFERRED
                : account.source() != Source.FILE;
    }

    // Without a time any that is told later replaces it.
    private static Instant created(LeavingAccount account) {
        return account.passwordCreated().map(PasswordDecision::notLaterThanNow).orElse(Instant.EPOCH);
    }

    /** {@return a time of Gigya's that no later one could be missed by} */
    static Instant notLaterThanNow(Instant created) {
        var now = Instant.now();
        return created.isAfter(now) ? now : created;
    }

    /** {@return whether anything is to be written} */
    boolean changes() {
        return replacement.isPresent() || outdated;
    }

    /** Writes what is to wait for the user. */
    void write(UserModel local) {
        if (replacement.isPresent()) {
            WaitingPassword.put(replacement.get(), local);
        } else if (outdated) {
            waiting.ifPresent(old -> local.credentialManager().removeStoredCredentialById(old.getId()));
        }
    }

    /** Leaves the credentials out. */
    @Override
    public String toString() {
        return "PasswordDecision[" + fate + "]";
    }
}
