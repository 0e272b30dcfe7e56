package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.AccountConflictException;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.GigyaUsers.MovedAccount;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.github.keycloakgigya.webhook.AccountState.Active;
import io.github.keycloakgigya.webhook.AccountState.Current;
import io.github.keycloakgigya.webhook.AccountState.Gone;
import io.github.keycloakgigya.webhook.AccountState.Inactive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Does what follows from what Gigya says of an account, outside of a Keycloak request. While Gigya is asked, no transaction
 * is open.
 *
 * @param settings how the federation is configured
 */
record ErrandWork(
        KeycloakSessionFactory sessions, String realmId, String componentId, StorageSettings settings, HookNode node) {

    private static final Logger LOG = Logger.getLogger(ErrandWork.class);

    /** Why an account is not read now. */
    static final class BusyException extends Exception {

        private static final long serialVersionUID = 1L;

        BusyException() {
            super("the budget of reads is used up", null, false, false);
        }
    }

    private interface Work<T> {
        T with(Federation federation, GigyaUsers users);
    }

    /** {@return what became of the account} */
    AccountResult result(Errand errand) throws GigyaException, BusyException {
        if (inTransaction((federation, users) -> errand.isDone(componentId, federation.session()))) {
            return AccountResult.REPEATED;
        }
        var gone = gone(errand);
        var result = gone.isEmpty() ? current(errand) : moved(gone, errand);
        inTransaction((federation, users) -> {
            errand.noteDone(componentId, federation.session());
            return true;
        });
        return result;
    }

    /** {@return those of the former UIDs that have a user and, for sure, no account any more} */
    private List<Uid> gone(Errand errand) throws GigyaException, BusyException {
        var gone = new ArrayList<Uid>();
        for (var former : errand.formerUids()) {
            if (!isKnown(former)) {
                continue;
            }
            var state = read(former);
            if (state instanceof Gone) {
                gone.add(former);
            } else {
                // The event says otherwise, or came late: what Gigya says now counts.
                written(former, state);
            }
        }
        return gone;
    }

    private AccountResult current(Errand errand) throws GigyaException, BusyException {
        var uid = errand.uid();
        if (isReleased(uid)) {
            return AccountResult.RELEASED;
        }
        settle(errand);
        return settings.webhooks().imports() || isKnown(uid) ? written(uid, read(uid)) : AccountResult.UNKNOWN;
    }

    private AccountResult moved(List<Uid> gone, Errand errand) throws GigyaException, BusyException {
        var uid = errand.uid();
        var state = read(uid);
        if (state instanceof Gone) {
            for (var former : gone) {
                written(former, state);
            }
            return written(uid, state);
        }
        var result = Optional.<AccountResult>empty();
        for (var former : gone) {
            var what = inTransaction((federation, users) -> users.moved(former, uid));
            result = result.or(() -> resultOf(what));
        }
        settle(errand);
        var written = written(uid, state);
        return result.orElse(written);
    }

    // Another node may have imported the account while its user followed, which also a message tells that comes again.
    private void settle(Errand errand) {
        if (!errand.formerUids().isEmpty()) {
            inTransaction((federation, users) -> users.settle(errand.uid()));
        }
    }

    private static Optional<AccountResult> resultOf(MovedAccount moved) {
        return switch (moved) {
            case FOLLOWED -> Optional.of(AccountResult.FOLLOWED);
            case MERGED -> Optional.of(AccountResult.MERGED);
            case NOBODY -> Optional.empty();
        };
    }

    // Without import, nobody knows who may be in use, on other nodes say.
    private boolean isKnown(Uid uid) {
        return !settings.importEnabled()
                || inTransaction((federation, users) -> users.find(uid).isPresent());
    }

    private boolean isReleased(Uid uid) {
        return inTransaction((federation, users) ->
                users.find(uid).isEmpty() && users.released(uid).isPresent());
    }

    private AccountState read(Uid uid) throws GigyaException, BusyException {
        if (!node.mayRead(componentId)) {
            throw new BusyException();
        }
        // What is connected outlives the session: it is the server's HTTP client.
        try (var session = sessions.create()) {
            var connection = session.getProvider(GigyaConnector.class).connect(settings.site(), Purpose.EVENT);
            return AccountState.of(uid, connection, settings, state -> isKnown(uid, state));
        }
    }

    private boolean isKnown(Uid uid, AccountInfo state) {
        return inTransaction((federation, users) -> AccountState.isKnown(uid, state, users));
    }

    private AccountResult written(Uid uid, AccountState state) throws GigyaException {
        if (state instanceof Active active) {
            return admitted(uid, active);
        }
        if (state instanceof Current) {
            return AccountResult.CURRENT;
        }
        return inTransaction((federation, users) -> {
            if (state instanceof Gone) {
                users.missing(uid);
                return AccountResult.MISSING;
            }
            if (state instanceof Inactive) {
                users.inactive(uid);
                return AccountResult.INACTIVE;
            }
            return AccountResult.UNFINISHED;
        });
    }

    private AccountResult admitted(Uid uid, Active active) throws GigyaException {
        try {
            return inTransaction((federation, users) -> {
                var known = users.find(uid);
                try {
                    federation.evict(users.admit(known, active.account(), any -> active.addresses()));
                } catch (AccountConflictException | GigyaException refused) {
                    throw new RefusedException(refused);
                }
                return known.isPresent() || !settings.importEnabled() ? AccountResult.CURRENT : AccountResult.IMPORTED;
            });
        } catch (RefusedException refused) {
            if (refused.getCause() instanceof GigyaException failed) {
                throw failed;
            }
            if (refused.getCause() instanceof AccountConflictException conflict && conflict.isOfReleased()) {
                return AccountResult.RELEASED;
            }
            if (node.mayWarnOfConflict(componentId)) {
                LOG.warnf(
                        "The account of user %s is no user, or is not brought up to date: %s",
                        new UserIds(componentId).of(uid), refused.getCause().getMessage());
            }
            return AccountResult.CONFLICT;
        }
    }

    /** Takes an exception out of a transaction, which it rolls back. */
    private static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(Exception cause) {
            super(cause.getMessage(), cause, false, false);
        }
    }

    private <T> T inTransaction(Work<T> work) {
        return Federation.inTransaction(
                sessions,
                realmId,
                componentId,
                settings,
                federation -> work.with(federation, GigyaFederations.usersOf(federation)));
    }

    /** What became of an account that events named. */
    enum AccountResult {
        /** Its user is as Gigya says. */
        CURRENT,
        /** Keycloak knows it now. */
        IMPORTED,
        /** It is disabled in Gigya, and so is its user. */
        INACTIVE,
        /** It is gone, and its user met the policy for missing accounts. */
        MISSING,
        /** Its user stands for another UID now. */
        FOLLOWED,
        /** It went into one that has a user as well. */
        MERGED,
        /** Its user has left the federation, and is left alone. */
        RELEASED,
        /** Its registration is not finished. */
        UNFINISHED,
        /** Keycloak has no user of it, and none is made. */
        UNKNOWN,
        /** Its name or address belongs to another user. */
        CONFLICT,
        /** Its events were done before. */
        REPEATED,
        /** It could not be read or written. */
        FAILED
    }
}
