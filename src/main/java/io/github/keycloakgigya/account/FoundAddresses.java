package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.FoundAccount;
import java.time.Instant;
import java.util.Optional;

/**
 * The addresses that a search found beside an account, so that nobody has to be asked.
 *
 * @param account as the search found it
 */
public record FoundAddresses(FoundAccount account) implements KnownAddresses {

    @Override
    public boolean isVerified(String address) {
        return new EmailAddress(address).isAmong(account.verifiedEmails());
    }

    @Override
    public boolean isLoginId(String name) {
        return new EmailAddress(name).isAmong(account.loginIds());
    }

    @Override
    public Optional<Instant> passwordCreated() {
        return account.passwordCreated();
    }
}
