package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.KnownAddresses;
import io.github.keycloakgigya.account.KnownAddresses.FoundAddresses;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * An account, and what of it a user of Keycloak shows.
 *
 * @param account as Gigya told it
 * @param profile what its user looks like
 * @param addresses what is known of its addresses
 * @param active whether it may sign in at Gigya
 * @param registered whether its registration is finished
 * @param lastUpdated when it changed last, by Gigya's clock; empty where Gigya did not say
 */
public record SeenAccount(
        GigyaAccount account,
        ImportedProfile profile,
        KnownAddresses addresses,
        boolean active,
        boolean registered,
        Optional<Instant> lastUpdated) {

    /** {@return an account that a search found, of this moment by Gigya's clock} */
    public static SeenAccount found(FoundAccount found, Instant asOf, StorageSettings settings) throws GigyaException {
        var account = GigyaAccount.of(found, asOf, settings.fields());
        var addresses = new FoundAddresses(found);
        return new SeenAccount(
                account,
                ImportedProfile.of(account, settings, addresses),
                addresses,
                found.active(),
                found.registered(),
                found.lastUpdated());
    }

    /** {@return an account that a verified token told of} Gigya makes such tokens only where people may sign in. */
    static SeenAccount signedIn(GigyaAccount account, KnownAddresses addresses, StorageSettings settings)
            throws GigyaException {
        var profile = ImportedProfile.of(account, settings, addresses);
        return new SeenAccount(account, profile, addresses, true, true, Optional.empty());
    }

    /** {@return the same with another profile} */
    SeenAccount with(ImportedProfile other) {
        return new SeenAccount(account, other, addresses, active, registered, lastUpdated);
    }

    /** {@return the account's UID} */
    public Uid uid() {
        return account.uid();
    }

    /** {@return whether a search that found this account may not know yet what a sign-in of its user knew} */
    boolean isOlderThan(UserModel user) {
        return new SearchedAt(lastUpdated, account.asOf()).isOlderThan(user);
    }

    /** {@return whether the account's user shows this address, which is in lower case} */
    public boolean hasEmail(String email) {
        return profile.email().filter(email::equals).isPresent();
    }

    /** {@return whether the account may be found by an address} */
    public boolean isKnownBy(String email) {
        return profile.emailVerified() && hasEmail(email);
    }

    /** {@return whether the account's user has this name, which is in lower case} */
    public boolean hasUsername(String username) {
        return profile.username().equals(username);
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "SeenAccount[]";
    }
}
