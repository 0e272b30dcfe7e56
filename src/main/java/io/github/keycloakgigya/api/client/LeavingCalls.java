package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.api.leaving.LeavingApi;
import io.github.keycloakgigya.api.leaving.LeavingApi.LeavingPage;
import java.util.ArrayList;
import java.util.Map;

/** What goes along with accounts, over HTTPS. */
record LeavingCalls(ApiCalls calls) implements LeavingApi {

    private static final String INCLUDE = "password,identities-active";

    @Override
    public LeavingAccount account(Uid uid) throws GigyaException {
        return calls.call(ApiMethod.GET_ACCOUNT_INFO, Map.of("UID", uid.value(), "include", INCLUDE), answer -> {
            answer.requiredUid(uid);
            answer.requiredBoolean("isActive");
            return LeavingAccount.of(answer.json(), LeavingAccount.Source.ITSELF)
                    .orElseThrow(() -> answer.malformed("isRegistered"));
        });
    }

    @Override
    public LeavingPage open(SearchQuery query) throws GigyaException {
        return calls.call(ApiMethod.SEARCH, Map.of("query", query.text(), "openCursor", "true"), LeavingCalls::page);
    }

    @Override
    public LeavingPage next(String cursor) throws GigyaException {
        return calls.call(ApiMethod.SEARCH, Map.of("cursorId", cursor), LeavingCalls::page);
    }

    private static LeavingPage page(Answer answer) throws GigyaException {
        var found = SearchAnswer.page(answer);
        var accounts = new ArrayList<LeavingAccount>();
        for (var result : answer.array("results")) {
            LeavingAccount.of(result, LeavingAccount.Source.SEARCH).ifPresent(accounts::add);
        }
        return new LeavingPage(found, accounts);
    }
}
