package io.github.keycloakgigya.account;

import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.StoredName.EmailAddress;
import java.util.Set;

/**
 * What is known of an account's addresses, Gigya not being asked.
 *
 * @param verified the addresses that somebody verified
 * @param loginIds what the account's owner signs in by
 */
public record FakeAddresses(Set<String> verified, Set<String> loginIds) implements KnownAddresses {

    /** {@return an account that has verified these addresses} */
    public static FakeAddresses havingVerified(String... addresses) {
        return new FakeAddresses(Set.of(addresses), Set.of());
    }

    /** {@return an account whose owner signs in by these, none of which is verified} */
    public static FakeAddresses havingLoginIds(String... names) {
        return new FakeAddresses(Set.of(), Set.of(names));
    }

    @Override
    public boolean isVerified(String address) {
        return new EmailAddress(address).isAmong(verified);
    }

    @Override
    public boolean isLoginId(String name) {
        return new EmailAddress(name).isAmong(loginIds);
    }
}
