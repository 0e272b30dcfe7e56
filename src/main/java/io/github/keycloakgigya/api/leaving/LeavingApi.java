package io.github.keycloakgigya.api.leaving;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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

    /**
     * One answer of {@code accounts.search} to who leaves.
     *
     * @param found the same accounts as any search finds them
     * @param accounts what goes along with them, as far as this search tells it: many sites withhold hashes
     */
    record LeavingPage(SearchPage found, List<LeavingAccount> accounts) {

        /** The columns that tell what goes along. */
        public static final Set<String> COLUMNS = Set.of("password", "identities", "lastLogin");

        public LeavingPage {
            Objects.requireNonNull(found, "found");
            accounts = List.copyOf(accounts);
        }

        /** Leaves the accounts out, so that no log shows them. */
        @Override
        public String toString() {
            return "LeavingPage[accounts=" + accounts.size() + "]";
        }
    }
}
