package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import java.util.function.Supplier;

/** Where pages of accounts come from. Each call is made once; {@link SyncPages} repeats those that fail. */
public interface PageSource {

    /** {@return the first page of what a query finds, and a cursor for the next} */
    SearchPage open(SearchQuery query) throws GigyaException;

    /** {@return a further page} After a failure the same cursor may be given again. */
    SearchPage next(String cursor) throws GigyaException;

    /**
     * {@return what searches answer, completed by what they leave out of the fields that are wanted}
     *
     * @param gigya a connection for one call
     */
    static PageSource of(Supplier<GigyaApi> gigya, SearchedFields fields) {
        return new PageSource() {
            @Override
            public SearchPage open(SearchQuery query) throws GigyaException {
                return fields.completed(gigya.get().openCursor(query), gigya);
            }

            @Override
            public SearchPage next(String cursor) throws GigyaException {
                return fields.completed(gigya.get().nextPage(cursor), gigya);
            }
        };
    }
}
