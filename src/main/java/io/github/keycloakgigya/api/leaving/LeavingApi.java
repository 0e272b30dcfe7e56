package io.github.keycloakgigya.api.leaving;

import io.github.keycloakgigya.api.GigyaException;

/**
 * The calls of Gigya's REST API that tell what goes along with an account. They want a right of the application key that
 * nothing else here wants: to read the hashes of passwords.
 *
 * <p>Every method throws {@link GigyaException} where it does not succeed, and never returns null.
 */
public interface LeavingApi {

    /**
     * {@return what goes along with an account} Calls {@code accounts.getAccountInfo}.
     *
     * @throws GigyaException of kind {@code MISCONFIGURED} where the key may not read hashes
     */
    LeavingAccount account(String uid) throws GigyaException;
}
