package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;

/** The addresses of an account as Gigya tells them when it is asked: once, and only where somebody wants to know. */
final class AskedAddresses implements KnownAddresses {

    private final GigyaApi api;
    private final String uid;
    private AccountInfo answer;

    AskedAddresses(GigyaApi api, String uid) {
        this.api = api;
        this.uid = uid;
    }

    @Override
    public boolean isVerified(String address) throws GigyaException {
        return new EmailAddress(address).isAmong(answer().verifiedEmails());
    }

    @Override
    public boolean isLoginId(String name) throws GigyaException {
        return new EmailAddress(name).isAmong(answer().loginIds());
    }

    private AccountInfo answer() throws GigyaException {
        if (answer == null) {
            var info = api.getAccountInfo(uid);
            if (!info.uid().equals(uid)) {
                throw GigyaException.unavailable("the answer of accounts.getAccountInfo is about another account");
            }
            answer = info;
        }
        return answer;
    }
}
