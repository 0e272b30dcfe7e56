package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.api.leaving.LeavingAccount.Source;
import io.github.keycloakgigya.federation.transfer.AccountTransfer;
import io.github.keycloakgigya.sync.SyncTarget;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Asks Gigya about an account before something is taken away from its user because of a file: a file may be older than
 * what a sync or a sign-in found out.
 *
 * @param federation whose users they are
 */
record FileConfirmation(SyncTarget federation) {

    private static final Logger LOG = Logger.getLogger(FileConfirmation.class);

    /**
     * Accounts as they may be transferred.
     *
     * @param accounts as the file says, and as Gigya says if it was asked
     * @param unconfirmed about which Gigya gave no answer: nothing may be done with them
     */
    record Confirmed(List<LeavingAccount> accounts, List<LeavingAccount> unconfirmed) {}

    /** {@return accounts as they may be transferred} Those that are not of a file are as they were. */
    Confirmed of(List<LeavingAccount> part) {
        var doubtful = doubtful(part);
        var accounts = new ArrayList<>(
                part.stream().filter(account -> !doubtful.contains(account)).toList());
        var unconfirmed = new ArrayList<LeavingAccount>();
        var isOutOfReach = false;
        for (var account : doubtful) {
            if (isOutOfReach) {
                unconfirmed.add(account);
                continue;
            }
            try {
                accounts.add(
                        federation.connect().leaving().account(account.uid()).withHashOf(account));
            } catch (GigyaException failed) {
                isOutOfReach = failed.kind().isOfWholeSite();
                unconfirmed.add(account);
                LOG.infof(
                        "A file says other things than is known of user %s, and Gigya does not confirm them: %s",
                        federation.ids().of(account.uid()), failed.getMessage());
            }
        }
        return new Confirmed(accounts, unconfirmed);
    }

    // No connection to the database is kept for the calls that follow.
    private List<LeavingAccount> doubtful(List<LeavingAccount> part) {
        if (part.stream().noneMatch(account -> account.source() == Source.FILE)) {
            return List.of();
        }
        return federation.federation().inFederation(own -> {
            var transfer = AccountTransfer.of(own);
            return part.stream()
                    .filter(account -> transfer.userOf(account.uid())
                            .filter(user -> transfer.takesAway(account, user))
                            .isPresent())
                    .toList();
        });
    }
}
