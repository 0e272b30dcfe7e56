package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.sync.SeenUids;
import java.util.LinkedHashMap;
import java.util.List;

/** Leaves out the accounts that were there before: a new cursor goes back a little, and a file may repeat itself. */
final class UnseenAccounts {

    private final SeenUids seen = new SeenUids();

    List<LeavingAccount> of(List<LeavingAccount> accounts) {
        var unseen = new LinkedHashMap<Uid, LeavingAccount>();
        for (var account : accounts) {
            if (!seen.contains(account.uid())) {
                unseen.putIfAbsent(account.uid(), account);
            }
        }
        unseen.keySet().forEach(seen::add);
        return List.copyOf(unseen.values());
    }
}
