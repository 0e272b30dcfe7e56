package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.GigyaException;
import java.time.Instant;
import java.util.Optional;

/** What is known of the e-mail addresses and the login identifiers of one account. */
public interface KnownAddresses {

    /**
     * {@return whether an address is known to be this account's: somebody who reads its mail has said so}
     *
     * @param address letter case does not matter for A to Z
     * @throws GigyaException where Gigya has to be asked and does not say
     */
    boolean isVerified(String address) throws GigyaException;

    /**
     * {@return whether the account's owner signs in at Gigya by this name or address} It is no other account's then, but
     * nobody may have verified it.
     *
     * @param name letter case does not matter for A to Z
     * @throws GigyaException where Gigya has to be asked and does not say
     */
    boolean isLoginId(String name) throws GigyaException;

    /**
     * {@return since when the account has its password, by Gigya's clock, where that was told along with these addresses}
     * Nobody is asked for it.
     */
    default Optional<Instant> passwordCreated() {
        return Optional.empty();
    }
}
