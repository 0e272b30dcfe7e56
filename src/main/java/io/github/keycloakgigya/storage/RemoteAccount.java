package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.account.EmailVerifier;
import io.github.keycloakgigya.account.FoundEmails;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import java.time.Instant;

/**
 * An account, and what of it a user of Keycloak shows.
 *
 * @param account as Gigya told it
 * @param profile what its user looks like
 * @param emails knows whether the profile's e-mail address is verified
 * @param active whether it may sign in at Gigya
 * @param registered whether its registration is finished
 */
record RemoteAccount(
        GigyaAccount account, ImportedProfile profile, EmailVerifier emails, boolean active, boolean registered) {

    /** {@return an account that a search found, of this moment by Gigya's clock} */
    static RemoteAccount found(FoundAccount found, Instant asOf, StorageSettings settings) throws GigyaException {
        var account = GigyaAccount.of(found, asOf, settings.fields());
        return new RemoteAccount(
                account,
                ImportedProfile.of(account, settings),
                new FoundEmails(found),
                found.active(),
                found.registered());
    }

    /** {@return an account that a verified token told of} Gigya makes such tokens only where people may sign in. */
    static RemoteAccount signedIn(GigyaAccount account, EmailVerifier emails, StorageSettings settings) {
        return new RemoteAccount(account, ImportedProfile.of(account, settings), emails, true, true);
    }

    String uid() {
        return account.uid();
    }

    boolean hasEmail(String email) {
        return profile.email().filter(email::equals).isPresent();
    }

    boolean hasUsername(String username) {
        return profile.username().equals(username);
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "RemoteAccount[]";
    }
}
