package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.transfer.AccountTransfer;
import io.github.keycloakgigya.federation.transfer.Verdict;
import io.github.keycloakgigya.leaving.ReportRow.LeavingMark;
import io.github.keycloakgigya.monitoring.LeavingMeters;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.sync.SeenUids;
import io.github.keycloakgigya.sync.SyncTarget;
import io.github.keycloakgigya.sync.bulk.BulkUsers;
import io.github.keycloakgigya.sync.bulk.LostDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;

/** Does for accounts what a run does, or only says what it would do. */
final class LeavingWork {

    private static final Logger LOG = Logger.getLogger(LeavingWork.class);

    // What a node that is killed loses at most, and what one bad account has to be done again one by one.
    private static final int PART = 50;

    private final SyncTarget federation;
    private final boolean writes;
    private final ShutOutUsers shutOut;
    private final FileConfirmation confirmation;
    private final SeenUids seen = new SeenUids();

    private LeavingWork(SyncTarget federation, boolean writes) {
        this.federation = federation;
        this.writes = writes;
        this.shutOut = new ShutOutUsers(federation);
        this.confirmation = new FileConfirmation(federation);
    }

    static LeavingWork transfer(SyncTarget federation) {
        return new LeavingWork(federation, true);
    }

    static LeavingWork preview(SyncTarget federation) {
        return new LeavingWork(federation, false);
    }

    /**
     * What became of an account, or would.
     *
     * @param verdict empty where it failed
     */
    record Done(LeavingAccount account, Optional<Verdict> verdict) {

        void count(LeavingTally tally) {
            verdict.ifPresentOrElse(
                    said -> tally.add(said.state().id(), LeavingMark.reasonOf(said)), () -> tally.failed(1));
        }
    }

    /**
     * {@return as many at a time as are dealt with in one transaction} Leaves out those that were there before: a new cursor
     * goes back a little, and a file may repeat itself.
     */
    List<List<LeavingAccount>> parts(List<LeavingAccount> all) {
        var unseen = new LinkedHashMap<Uid, LeavingAccount>();
        for (var account : all) {
            if (!seen.contains(account.uid())) {
                unseen.putIfAbsent(account.uid(), account);
            }
        }
        unseen.keySet().forEach(seen::add);
        return BulkUsers.batches(List.copyOf(unseen.values()), PART);
    }

    /** {@return what became of each} One bad account does not keep the others from being dealt with. */
    List<Done> of(List<LeavingAccount> part) {
        var done = done(part);
        if (writes) {
            measure(done);
            shutOut.confirm(done.stream().map(Done::account).toList());
        }
        return done;
    }

    private List<Done> done(List<LeavingAccount> part) {
        try {
            return confirmed(part);
        } catch (RuntimeException oneOfThem) {
            if (LostDatabase.isCauseOf(oneOfThem)) {
                throw oneOfThem;
            }
            return part.stream().map(this::alone).toList();
        }
    }

    private List<Done> confirmed(List<LeavingAccount> part) {
        var confirmed = confirmation.of(part);
        var done = new ArrayList<>(together(confirmed.accounts()));
        confirmed.unconfirmed().forEach(account -> done.add(new Done(account, Optional.empty())));
        return done;
    }

    private void measure(List<Done> done) {
        try (var session = federation.federation().sessions().create()) {
            var meters = GigyaConnector.metersOf(session).leaving();
            done.forEach(one ->
                    meters.count(one.verdict().map(said -> said.state().id()).orElse(LeavingMeters.FAILED)));
        }
    }

    private List<Done> together(List<LeavingAccount> part) {
        return federation.federation().inFederation(own -> {
            var transfer = AccountTransfer.of(own);
            var work = writes ? transferring(own, transfer) : assessing(transfer);
            var done = new ArrayList<Done>();
            for (var account : part) {
                done.add(new Done(account, Optional.of(work.apply(account, transfer.userOf(account.uid())))));
            }
            if (!writes) {
                own.session().getTransactionManager().setRollbackOnly();
            }
            return done;
        });
    }

    private Done alone(LeavingAccount account) {
        try {
            return confirmed(List.of(account)).get(0);
        } catch (RuntimeException failed) {
            if (LostDatabase.isCauseOf(failed)) {
                throw failed;
            }
            // Its message may hold what is the person's own.
            LOG.warnf(
                    "The account of user %s was not transferred: %s",
                    federation.ids().of(account.uid()), failed.getClass().getSimpleName());
            return new Done(account, Optional.empty());
        }
    }

    private static BiFunction<LeavingAccount, Optional<UserModel>, Verdict> assessing(AccountTransfer transfer) {
        return transfer::assess;
    }

    private static BiFunction<LeavingAccount, Optional<UserModel>, Verdict> transferring(
            Federation federation, AccountTransfer transfer) {
        return (account, user) -> {
            if (user.isEmpty()) {
                return transfer.assess(account, user);
            }
            var verdict = transfer.transfer(account, user.get());
            if (verdict.state().isWritten()) {
                mark(
                        federation,
                        user.get(),
                        LeavingMark.of(verdict, account.lastLogin()).text());
            }
            return verdict;
        };
    }

    private static void mark(Federation federation, UserModel user, String text) {
        if (!text.equals(user.getFirstAttribute(LeavingMark.ATTRIBUTE))) {
            federation.evict(user);
            user.setSingleAttribute(LeavingMark.ATTRIBUTE, text);
        }
    }
}
