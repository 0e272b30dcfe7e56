package io.github.keycloakgigya.api.leaving;

import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One answer of {@code accounts.search} to who leaves.
 *
 * @param found the same accounts as any search finds them
 * @param accounts what goes along with them, as far as this search tells it: many sites withhold hashes
 */
public record LeavingPage(SearchPage found, List<LeavingAccount> accounts) {

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
