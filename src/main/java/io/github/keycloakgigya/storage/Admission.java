package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.account.EmailVerifier;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an account whose user is added or changed.
 *
 * @param profile what the user is to look like
 * @param emails asked whether the e-mail address is verified, where it is new
 * @param active whether the account may sign in at Gigya
 * @param asOf when Gigya said so about this one account, by Gigya's clock; empty where it was found among others
 */
record Admission(ImportedProfile profile, EmailVerifier emails, boolean active, Optional<Instant> asOf) {

    static Admission ofSignIn(GigyaAccount account, StorageSettings settings, EmailVerifier emails) {
        return new Admission(ImportedProfile.of(account, settings), emails, true, Optional.of(account.asOf()));
    }

    static Admission of(BulkAccount account) {
        return new Admission(
                account.profile(), (uid, email) -> account.emailVerified(), account.active(), Optional.empty());
    }

    boolean isEmailVerified(StorageSettings settings) throws GigyaException {
        return profile.email().isPresent() && (settings.site().trustEmail() || isEmailProven());
    }

    // Linking never relies on trustEmail: that setting says that addresses are good enough to write mail to.
    boolean isEmailProven() throws GigyaException {
        return profile.email().isPresent()
                && emails.isEmailVerified(profile.uid(), profile.email().get());
    }
}
