package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.api.leaving.LeavingApi;
import io.github.keycloakgigya.api.leaving.LeavingApi.LeavingPage;
import io.github.keycloakgigya.sync.BackOff;
import io.github.keycloakgigya.sync.SyncPages;
import io.github.keycloakgigya.sync.SyncPages.PageSource;
import io.github.keycloakgigya.sync.SyncPages.SyncPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Reads accounts with what goes along with them, a page at a time: by searches where these tell how passwords are stored,
 * and else by one call more an account, a few at the same time. Used by one thread.
 */
final class AccountPages {

    /** How many accounts are asked for at the same time. */
    static final int CALLERS = 8;

    // Of one account. Where all of Gigya is in trouble, the back-off gives up sooner or later.
    private static final int MOST_REFUSALS = 8;

    private final Supplier<LeavingApi> gigya;
    private final ExecutorService callers;
    private final SharedBackOff backOff;
    private final Searches searches = new Searches();
    private final SyncPages pages;
    private boolean searchTellsPasswords;

    /**
     * Accounts with what goes along with them.
     *
     * @param found as a search found them
     * @param accounts those of them that could be read
     * @param unreadable how many could not, though they are there
     */
    record Page(SyncPage found, List<LeavingAccount> accounts, int unreadable) {}

    /**
     * Prepares to read; nothing is called yet.
     *
     * @param gigya a connection for one call
     * @param callers have {@link #CALLERS} threads
     * @param from only accounts that changed then or later; empty for all
     * @param overlap how far a new cursor goes back
     */
    AccountPages(
            Supplier<LeavingApi> gigya,
            ExecutorService callers,
            int pageSize,
            Optional<Instant> from,
            Duration overlap,
            BackOff.Pause pause,
            Clock clock) {
        this.gigya = gigya;
        this.callers = callers;
        this.backOff = new SharedBackOff(new BackOff(pause, clock));
        this.pages = new SyncPages(
                searches,
                new SearchQuery(LeavingPage.COLUMNS, Optional.empty(), Optional.empty(), 0, pageSize),
                from,
                overlap,
                new BackOff(pause, clock),
                clock);
    }

    // A failed call is made again before the page that it answers is taken: what was answered last is that page.
    private final class Searches implements PageSource {

        private List<LeavingAccount> last = List.of();
        private boolean refused;

        @Override
        public SearchPage open(SearchQuery query) throws GigyaException {
            try {
                return remembered(gigya.get().open(refused ? plain(query) : query));
            } catch (GigyaException failure) {
                if (refused || failure.kind() != FailureKind.MISCONFIGURED) {
                    throw failure;
                }
                // Of these columns, perhaps. Whether the key may do without them, the next answer tells.
                refused = true;
                return open(query);
            }
        }

        private SearchQuery plain(SearchQuery query) {
            return new SearchQuery(Set.of(), query.condition(), query.orderBy(), query.start(), query.limit());
        }

        @Override
        public SearchPage next(String cursor) throws GigyaException {
            return remembered(gigya.get().next(cursor));
        }

        private SearchPage remembered(LeavingPage page) {
            last = page.accounts();
            return page.found();
        }
    }

    /**
     * {@return the next page; empty after the last}
     *
     * @throws GigyaException where it can't be read, though it was tried again
     */
    Optional<Page> next() throws GigyaException, InterruptedException {
        var found = pages.next();
        return found.isPresent() ? Optional.of(whole(found.get())) : Optional.empty();
    }

    private Page whole(SyncPage found) throws GigyaException, InterruptedException {
        var last = searches.last;
        // Without the columns, a search tells nothing of passwords any more.
        searchTellsPasswords = !searches.refused
                && (searchTellsPasswords
                        || last.stream().anyMatch(account -> account.password().isPresent()));
        var asked = new ArrayList<Future<Answer>>();
        for (var account : last) {
            if (isToBeAsked(account)) {
                asked.add(callers.submit(() -> ask(account.uid())));
            }
        }
        var answers = new ArrayList<Answer>();
        for (var answer : asked) {
            answers.add(of(answer, asked));
        }
        var accounts = new ArrayList<>(
                last.stream().filter(account -> !isToBeAsked(account)).toList());
        answers.forEach(answer -> answer.account().ifPresent(accounts::add));
        var failed = (int) answers.stream().filter(Answer::failed).count();
        return new Page(found, accounts, found.found().unreadable() + failed);
    }

    // Searches of some sites leave all of a password out, and a password without a hash is one that they withhold.
    private boolean isToBeAsked(LeavingAccount account) {
        return account.isHashWithheld() || (account.password().isEmpty() && !searchTellsPasswords);
    }

    private record Answer(Optional<LeavingAccount> account, boolean failed) {}

    private Answer ask(Uid uid) throws GigyaException, InterruptedException {
        for (int refusals = 0; refusals < MOST_REFUSALS; ) {
            var waits = backOff.waits();
            try {
                var account = gigya.get().account(uid);
                backOff.succeeded();
                return new Answer(Optional.of(account), false);
            } catch (GigyaException failure) {
                if (failure.kind() == FailureKind.MISCONFIGURED) {
                    throw failure;
                }
                if (failure.kind() != FailureKind.UNAVAILABLE) {
                    return new Answer(Optional.empty(), !failure.kind().provesAbsence());
                }
                refusals += failure.errorCode().isPresent() ? 1 : 0;
                backOff.after(failure, waits);
            }
        }
        return new Answer(Optional.empty(), true);
    }

    private static Answer of(Future<Answer> asked, List<Future<Answer>> all)
            throws GigyaException, InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            all.forEach(other -> other.cancel(true));
            if (e.getCause() instanceof GigyaException failure) {
                throw failure;
            }
            throw new IllegalStateException("an account can't be read", e.getCause());
        } catch (InterruptedException stopped) {
            all.forEach(other -> other.cancel(true));
            throw stopped;
        }
    }

    /** One wait for all threads whose calls failed meanwhile. */
    private static final class SharedBackOff {

        private final BackOff backOff;
        private long waits;

        SharedBackOff(BackOff backOff) {
            this.backOff = backOff;
        }

        synchronized long waits() {
            return waits;
        }

        synchronized void succeeded() {
            backOff.succeeded();
        }

        /** @param before how often was waited when the call began */
        synchronized void after(GigyaException failure, long before) throws GigyaException, InterruptedException {
            if (waits == before) {
                backOff.after(failure);
                waits++;
            }
        }
    }
}
