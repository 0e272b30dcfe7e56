package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.KnownAddresses;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an account whose user is added or changed.
 *
 * @param profile what the user is to look like
 * @param addresses what is known of the account's addresses
 * @param active whether the account may sign in at Gigya
 * @param asOf when Gigya said so about this one account, by Gigya's clock; empty where it was found among others
 */
public record Admission(ImportedProfile profile, KnownAddresses addresses, boolean active, Optional<Instant> asOf) {

    static Admission ofSignIn(GigyaAccount account, StorageSettings settings, KnownAddresses addresses)
            throws GigyaException {
        var profile = ImportedProfile.of(account, settings, addresses);
        return new Admission(profile, addresses, true, Optional.of(account.asOf()));
    }

    /** {@return what is known of an account that is written in bulk} */
    public static Admission of(BulkAccount account) {
        return new Admission(account.profile(), account.addresses(), account.active(), Optional.empty());
    }

    /** {@return the same with another profile} */
    Admission with(ImportedProfile other) {
        return new Admission(other, addresses, active, asOf);
    }

    // Linking never relies on trustEmail: that setting says that addresses are good enough to write mail to.
    boolean isEmailProven() throws GigyaException {
        return profile.email().isPresent()
                && addresses.isVerified(profile.email().get());
    }
}
