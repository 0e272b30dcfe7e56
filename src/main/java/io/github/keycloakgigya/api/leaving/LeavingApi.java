package io.github.keycloakgigya.api.leaving;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.Uid;

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
    LeavingAccount account(Uid uid) throws GigyaException;

    /**
     * {@return the first page of what a query finds, and a cursor for the next} Calls {@code accounts.search}.
     *
     * @param query for {@link LeavingPage#COLUMNS}
     */
    LeavingPage open(SearchQuery query) throws GigyaException;

    /** {@return a further page} Calls {@code accounts.search}. After a failure the same cursor may be sent again. */
    LeavingPage next(String cursor) throws GigyaException;
}
