package io.github.keycloakgigya.sync;

import static io.github.keycloakgigya.sync.PagesOfGigya.account;
import static io.github.keycloakgigya.sync.PagesOfGigya.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.client.Failures;
import io.github.keycloakgigya.api.client.SearchQueries;
import io.github.keycloakgigya.sync.SyncPages.PageSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** Where a sync begins again after it lost its cursor, and when it gives a cursor up. */
class SyncCursorsTest {

    private static final GigyaException REFUSED =
            GigyaException.answered(FailureKind.MISCONFIGURED, "refused", 400006, "call");

    private final VirtualTime time = new VirtualTime();
    private final PagesOfGigya pages = new PagesOfGigya(time);
    private final GigyaApi gigya = mock(GigyaApi.class, delegatesTo(pages));

    @Test
    void a_new_cursor_begins_where_the_old_one_ended_less_the_overlap() throws Exception {
        pages.then(page("1", 2, account("a", 500))).then(REFUSED).then(page("", 2, account("b", 501)));

        read();

        assertThat(lowerBound()).isEqualTo(atLeast(440));
    }

    @Test
    void a_new_cursor_never_begins_before_the_first_one() throws Exception {
        pages.then(page("1", 2, account("a", 500))).then(REFUSED).then(page("", 2, account("b", 501)));

        read(Optional.of(Instant.ofEpochSecond(490)));

        assertThat(lowerBound()).isEqualTo(atLeast(490));
    }

    @Test
    void a_sync_of_changes_without_order_begins_again_at_its_own_beginning() throws Exception {
        pages.then(page("1", 3, account("c", 600), account("a", 500)))
                .then(REFUSED)
                .then(page("", 3, account("b", 550)));

        read(Optional.of(Instant.ofEpochSecond(100)));

        assertThat(pages.asked()).containsExactly("open since", "1", "open since");
        assertThat(lowerBound()).isEqualTo(atLeast(100));
    }

    @Test
    void a_cursor_that_gets_further_each_time_is_replaced_as_often_as_it_takes() throws Exception {
        for (int i = 1; i <= 8; i++) {
            pages.then(page("1", 9, account("a" + i, 100L * i))).then(REFUSED);
        }
        pages.then(page("", 9, account("last", 900)));

        assertThat(read()).hasSize(9).endsWith("last");
    }

    @Test
    void the_same_page_under_a_new_cursor_is_progress() throws Exception {
        pages.then(page("1", 2, account("a", 1))).then(REFUSED);
        pages.then(page("2", 2, account("a", 1))).then(page("", 2, account("b", 2)));

        assertThat(read()).containsExactly("a", "a", "b");
    }

    @Test
    void ten_empty_pages_in_a_row_are_read_and_the_eleventh_is_not() throws Exception {
        pages.then(page("1", 2, account("a", 1)));
        for (int i = 0; i < 10; i++) {
            pages.then(page("1", 2));
        }
        pages.then(page("1", 2, account("b", 2)));
        for (int i = 0; i < 10; i++) {
            pages.then(page("1", 2));
        }
        pages.then(page("", 2, account("c", 3)));

        assertThat(read()).containsExactly("a", "b", "c");
        assertThat(pages.asked()).doesNotContain("open since");
    }

    @Test
    void a_cursor_that_shows_far_more_accounts_than_gigya_names_is_replaced() throws Exception {
        for (int i = 1; i < 150; i++) {
            pages.then(page("1", 1, account("a" + i, i)));
        }
        pages.then(page("", 1));

        read();

        // A cursor may show twice what is named, and ten pages more.
        assertThat(pages.asked().indexOf("open since")).isEqualTo(103);
    }

    @Test
    void refusals_count_one_after_the_other() throws Exception {
        var unknown = GigyaException.answered(FailureKind.UNAVAILABLE, "unknown", 999999, "call");
        pages.then(page("1", 3, account("a", 1))).then(unknown).then(unknown);
        pages.then(page("2", 3, account("b", 2))).then(unknown).then(unknown);
        pages.then(page("", 3, account("c", 3)));

        assertThat(read()).containsExactly("a", "b", "c");
        assertThat(pages.asked()).containsExactly("open", "1", "1", "1", "2", "2", "2");
    }

    @Test
    void pages_become_smaller_by_ten_and_never_empty() {
        pages.then(Failures.tooLarge());

        assertThatThrownBy(this::read).isInstanceOf(GigyaException.class);
        assertThat(pages.lastLimit()).isEqualTo(1);
    }

    @Test
    void each_page_tells_when_its_own_cursor_was_opened() throws Exception {
        pages.then(page("1", 1, account("a", 1))).then(page("", 1, account("b", 2)));
        var read = reading(Optional.empty());

        assertThat(read.next().orElseThrow().opened()).isEqualTo(Instant.ofEpochSecond(10_000));
        assertThat(read.next().orElseThrow().opened()).isEqualTo(Instant.ofEpochSecond(10_000));
        assertThat(read.next()).isEmpty();
        assertThat(read.next()).isEmpty();
    }

    private String lowerBound() throws GigyaException {
        var queries = ArgumentCaptor.forClass(SearchQuery.class);
        verify(gigya, atLeastOnce()).openCursor(queries.capture());
        return SearchQueries.text(queries.getValue());
    }

    private static String atLeast(long second) {
        return SearchQueries.text(new SearchQuery(
                Set.of(),
                Optional.of(SearchCondition.isAtLeast(SearchQuery.LAST_UPDATED, 1_000 * second)),
                Optional.of(SearchQuery.LAST_UPDATED),
                0,
                10));
    }

    private SyncPages reading(Optional<Instant> from) {
        var query = new SearchQuery(Set.of(), Optional.empty(), Optional.empty(), 0, 10);
        return new SyncPages(
                PageSource.of(() -> gigya, new SearchedFields(Set.of())),
                query,
                from,
                Duration.ofSeconds(60),
                new BackOff(time, time),
                time);
    }

    private List<String> read() throws GigyaException, InterruptedException {
        return read(Optional.empty());
    }

    private List<String> read(Optional<Instant> from) throws GigyaException, InterruptedException {
        var reading = reading(from);
        var uids = new ArrayList<String>();
        for (var next = reading.next(); next.isPresent(); next = reading.next()) {
            next.get().found().accounts().stream()
                    .map(FoundAccount::uid)
                    .map(Uid::value)
                    .forEach(uids::add);
        }
        return uids;
    }
}
