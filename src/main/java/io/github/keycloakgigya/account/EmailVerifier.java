package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.GigyaException;

/** Knows which e-mail addresses Gigya has verified. */
public interface EmailVerifier {

    /**
     * {@return whether Gigya has verified that an address is this account's}
     *
     * @param uid the account's UID
     * @param email the address; letter case does not matter for A to Z
     * @throws GigyaException where Gigya has to be asked and does not say
     */
    boolean isEmailVerified(String uid, String email) throws GigyaException;
}
