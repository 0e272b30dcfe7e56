package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.AccountInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * The addresses that {@code accounts.getAccountInfo} told, so that nobody has to be asked again.
 *
 * @param account as Gigya told it
 */
public record ToldAddresses(AccountInfo account) implements KnownAddresses {

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
