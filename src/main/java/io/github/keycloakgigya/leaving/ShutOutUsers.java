package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.api.leaving.LeavingAccount.Source;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.sync.SyncTarget;
import io.github.keycloakgigya.sync.bulk.LostDatabase;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Disables the users of accounts that Gigya has disabled, as a sync does. Until now Gigya alone may have kept them out: a
 * release would let them in.
 *
 * @param federation whose users they are
 */
record ShutOutUsers(SyncTarget federation) {

    private static final Logger LOG = Logger.getLogger(ShutOutUsers.class);

    /**
     * Disables those whose accounts are disabled, after Gigya said so of the account itself. What it does not say now, the
     * next run asks again.
     */
    void confirm(List<LeavingAccount> accounts) {
        var open = open(accounts);
        for (var account : open) {
            try {
                if (isProven(account)) {
                    write(account.uid(), users -> users.inactive(account.uid()));
                }
            } catch (GigyaException failed) {
                write(account.uid(), users -> users.told(account.uid(), failed));
                if (failed.kind().isOfWholeSite()) {
                    // It would say no more of the others.
                    return;
                }
            }
        }
    }

    // No connection to the database is kept for the calls that follow.
    private List<LeavingAccount> open(List<LeavingAccount> accounts) {
        var inactive = accounts.stream().filter(account -> !account.active()).toList();
        return inactive.isEmpty()
                ? inactive
                : federation.federation().inFederation(own -> {
                    var users = GigyaFederations.usersOf(own);
                    return inactive.stream()
                            .filter(account -> users.isOpen(account.uid()))
                            .toList();
                });
    }

    private boolean isProven(LeavingAccount account) throws GigyaException {
        return account.source() == Source.ITSELF
                || !federation
                        .connect()
                        .api()
                        .getAccountInfo(account.uid())
                        .about(account.uid())
                        .active();
    }

    private void write(Uid uid, Consumer<GigyaUsers> work) {
        try {
            federation.federation().inFederation(own -> {
                work.accept(GigyaFederations.usersOf(own));
                return true;
            });
        } catch (RuntimeException failed) {
            if (LostDatabase.isCauseOf(failed)) {
                throw failed;
            }
            // A release counts such a user as one who can't sign in, by the mark.
            LOG.warnf(
                    "User %s, whose account in Gigya is disabled, could not be disabled: %s",
                    federation.ids().of(uid), failed.getClass().getSimpleName());
        }
    }
}
