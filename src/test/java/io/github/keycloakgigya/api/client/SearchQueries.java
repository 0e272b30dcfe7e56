package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.SearchQuery;

/** What only this package can read of queries. */
public final class SearchQueries {

    private SearchQueries() {}

    /** {@return the query in Gigya's language} */
    public static String text(SearchQuery query) {
        return query.text();
    }
}
