package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.Uid;

/** Knows the e-mail addresses of accounts. */
public interface AddressSource {

    /**
     * {@return what is known of an account's addresses} Whatever has to be asked for is asked for once, when somebody
     * wants to know.
     *
     * @param uid the account's UID
     */
    KnownAddresses addressesOf(Uid uid);
}
