package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Reads accounts in the order in which they changed, and goes on where it can: after a failure with the same cursor,
 * and after a cursor that Gigya refuses with a new one that begins where the old one ended. Used by one thread at a time.
 */
public final class SyncPages {

    private static final Logger LOG = Logger.getLogger(SyncPages.class);

    private static final int MOST_CURSORS_WITHOUT_PROGRESS = 4;
    private static final int MOST_EMPTY_PAGES = 10;
    private static final int MOST_REFUSALS = 3;

    private final PageSource source;
    private final SearchQuery all;
    private final Duration overlap;
    private final BackOff backOff;
    private final Clock clock;
    private final Optional<Instant> first;
    private final Set<Integer> seenPages = new HashSet<>();

    private Optional<Instant> latest = Optional.empty();
    private Optional<String> cursor = Optional.empty();
    private Instant previous = Instant.MIN;
    private boolean ordered = true;
    private Instant opened = Instant.EPOCH;
    private boolean finished;
    private int refusals;
    private int emptyPages;
    private long read;
    private long counted;
    private int pageSize;
    private int cursorsWithoutProgress;

    /**
     * Prepares to read; nothing is called yet.
     *
     * @param source answers each call
     * @param all asks for all accounts
     * @param from only accounts that changed then or later; empty for all
     * @param overlap how far a new cursor goes back
     */
    public SyncPages(
            PageSource source,
            SearchQuery all,
            Optional<Instant> from,
            Duration overlap,
            BackOff backOff,
            Clock clock) {
        this.source = source;
        this.all = all;
        this.first = from;
        this.overlap = overlap;
        this.backOff = backOff;
        this.clock = clock;
        this.pageSize = all.limit();
    }

    /**
     * {@return the next page; empty after the last}
     *
     * @throws GigyaException where it can't be read, though it was tried again
     */
    public Optional<SyncPage> next() throws GigyaException, InterruptedException {
        while (!finished) {
            var page = ask();
            if (page.isPresent() && isProgress(page.get())) {
                return Optional.of(accepted(page.get()));
            }
            if (page.isPresent()) {
                giveCursorUp(
                        GigyaException.unavailable("accounts.search comes to no end: it repeats what it answered"));
            }
        }
        return Optional.empty();
    }

    /** {@return a page; empty where it is to be asked for again} */
    private Optional<SearchPage> ask() throws GigyaException, InterruptedException {
        try {
            return Optional.of(cursor.isPresent() ? source.next(cursor.get()) : open());
        } catch (GigyaException failure) {
            recover(failure);
            return Optional.empty();
        }
    }

    private SearchPage open() throws GigyaException {
        var from = latest.filter(reached -> ordered)
                .map(reached -> reached.minus(overlap))
                .filter(again -> first.map(again::isAfter).orElse(true))
                .or(() -> first);
        var asked = clock.instant();
        var page = source.open(new SearchQuery(
                all.fields(),
                from.map(time -> SearchCondition.isAtLeast(SearchQuery.LAST_UPDATED, time.toEpochMilli())),
                Optional.of(SearchQuery.LAST_UPDATED),
                0,
                pageSize));
        opened = earlier(asked, page.answeredAt().minus(Duration.between(asked, clock.instant())));
        return page;
    }

    // Gigya's time is the time of the answer, and the search is older by up to the whole call. Neither clock is
    // believed where the other one is behind: a time from the future would hide what changes until then.
    private static Instant earlier(Instant own, Instant gigyas) {
        return own.isBefore(gigyas) ? own : gigyas;
    }

    // A cursor without an end would keep the sync running for ever.
    private boolean isProgress(SearchPage page) {
        var uids = page.accounts().stream().map(FoundAccount::uid).toList();
        read += uids.size() + page.unreadable();
        counted = Math.max(counted, page.total());
        if (page.nextCursor().isEmpty()) {
            return true;
        }
        emptyPages = uids.isEmpty() ? emptyPages + 1 : 0;
        return emptyPages <= MOST_EMPTY_PAGES
                && (uids.isEmpty() || seenPages.add(uids.hashCode()))
                && read <= 2 * page.total() + 10L * pageSize;
    }

    private SyncPage accepted(SearchPage page) {
        page.accounts().forEach(this::reached);
        cursor = page.nextCursor();
        finished = cursor.isEmpty();
        refusals = 0;
        backOff.succeeded();
        return new SyncPage(page, opened, finished && read >= counted);
    }

    private void reached(FoundAccount account) {
        var updated = account.lastUpdated().orElse(Instant.MIN);
        ordered &= !updated.isBefore(previous);
        previous = updated;
        // An account from the future tells nothing of the others.
        if (updated.isAfter(latest.orElse(Instant.MIN)) && !updated.isAfter(opened)) {
            latest = Optional.of(updated);
            cursorsWithoutProgress = 0;
        }
    }

    private void recover(GigyaException failure) throws GigyaException, InterruptedException {
        if (failure.isTooLarge() && pageSize > 1) {
            pageSize = Math.max(1, pageSize / 10);
            begin();
        } else if (cursor.isPresent() && isRefusal(failure)) {
            giveCursorUp(failure);
        } else if (failure.kind() != FailureKind.UNAVAILABLE) {
            throw failure;
        }
        LOG.debugf("Accounts are asked for again: %s", failure.getMessage());
        backOff.after(failure);
    }

    // How Gigya refuses an expired cursor is not documented.
    // Where all of Gigya is in trouble, a new one is refused too.
    private boolean isRefusal(GigyaException failure) {
        if (failure.errorCode().isPresent()) {
            refusals++;
        }
        return failure.kind() != FailureKind.UNAVAILABLE || refusals >= MOST_REFUSALS;
    }

    private void giveCursorUp(GigyaException failure) throws GigyaException {
        cursorsWithoutProgress++;
        if (cursorsWithoutProgress > MOST_CURSORS_WITHOUT_PROGRESS) {
            throw failure;
        }
        begin();
    }

    private void begin() {
        cursor = Optional.empty();
        previous = Instant.MIN;
        seenPages.clear();
        read = 0;
        counted = 0;
        emptyPages = 0;
        refusals = 0;
    }

    /**
     * A page of accounts on its way into Keycloak.
     *
     * @param found what Gigya answered
     * @param opened when its cursor was asked for, by Gigya's clock or this node's, whichever is behind: what changed
     *     later may be missing
     * @param complete whether it is its cursor's last, and the cursor showed as many accounts as Gigya counts: an answer that
     *     only says that it is the last proves nothing
     */
    public record SyncPage(SearchPage found, Instant opened, boolean complete) {}

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
}
