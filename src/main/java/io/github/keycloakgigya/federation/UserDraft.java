package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.KnownAddresses;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * What the user of an account is to become, who is added or changed.
 *
 * @param profile what the user is to look like
 * @param addresses what is known of the account's addresses
 * @param active whether the account may sign in at Gigya
 * @param asOf when Gigya said so about this one account, by Gigya's clock; empty where it was found among others
 */
public record UserDraft(ImportedProfile profile, KnownAddresses addresses, boolean active, Optional<Instant> asOf) {

    static UserDraft ofSignIn(GigyaAccount account, StorageSettings settings, KnownAddresses addresses)
            throws GigyaException {
        var profile = ImportedProfile.of(account, settings, addresses);
        return new UserDraft(profile, addresses, true, Optional.of(account.asOf()));
    }

    /** {@return what is known of an account that is written in bulk} */
    public static UserDraft of(FoundProfile account) {
        return new UserDraft(account.profile(), account.addresses(), account.active(), Optional.empty());
    }

    /** {@return the same with another profile} */
    UserDraft with(ImportedProfile other) {
        return new UserDraft(other, addresses, active, asOf);
    }

    // Linking never relies on trustEmail: that setting says that addresses are good enough to write mail to.
    boolean isEmailProven() throws GigyaException {
        return profile.email().isPresent()
                && addresses.isVerified(profile.email().get());
    }
}
