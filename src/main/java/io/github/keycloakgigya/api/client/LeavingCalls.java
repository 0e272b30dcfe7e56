package io.github.keycloakgigya.api.client;

import io.github.keycloakgigya.api.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.api.leaving.LeavingApi;
import java.util.Map;

/** What goes along with accounts, over HTTPS. */
record LeavingCalls(ApiCalls calls) implements LeavingApi {

    private static final String INCLUDE = "password,identities-active";

    @Override
    public LeavingAccount account(String uid) throws GigyaException {
        return calls.call(ApiMethod.GET_ACCOUNT_INFO, Map.of("UID", uid, "include", INCLUDE), answer -> {
            answer.requiredUid(uid);
            answer.requiredBoolean("isActive");
            return LeavingAccount.of(answer.json()).orElseThrow(() -> answer.malformed("isRegistered"));
        });
    }
}
