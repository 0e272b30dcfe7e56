package io.github.keycloakgigya.sync;

import static io.github.keycloakgigya.sync.PagesOfGigya.account;
import static io.github.keycloakgigya.sync.PagesOfGigya.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.client.Failures;
import io.github.keycloakgigya.sync.SyncPages.PageSource;
import io.github.keycloakgigya.sync.SyncPages.SyncPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyncPagesTest {

    private static final GigyaException CUT = GigyaException.unavailable("cut");
    private static final GigyaException THROTTLE =
            GigyaException.answered(FailureKind.UNAVAILABLE, "throttle", 403048, "call");
    private static final GigyaException REFUSED =
            GigyaException.answered(FailureKind.MISCONFIGURED, "refused", 400006, "call");

    private final VirtualTime time = new VirtualTime();
    private final PagesOfGigya gigya = new PagesOfGigya(time);

    @Test
    void every_page_is_asked_for_with_the_cursor_of_the_one_before() throws Exception {
        gigya.then(page("1", 3, account("a", 1)))
                .then(page("2", 3, account("b", 2)))
                .then(page("", 3, account("c", 3)));

        assertThat(read()).containsExactly("a", "b", "c");
        assertThat(gigya.asked()).containsExactly("open", "1", "2");
    }

    @Test
    void a_page_that_was_cut_is_asked_for_again_with_the_same_cursor() throws Exception {
        gigya.then(page("1", 2, account("a", 1))).then(CUT).then(CUT).then(page("", 2, account("b", 2)));

        assertThat(read()).containsExactly("a", "b");
        assertThat(gigya.asked()).containsExactly("open", "1", "1", "1");
        assertThat(time.pauses()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void gigya_is_left_alone_as_long_as_it_asks_for() throws Exception {
        gigya.then(page("1", 2, account("a", 1)))
                .then(THROTTLE.withRetryAfter(Duration.ofSeconds(10)))
                .then(THROTTLE.withRetryAfter(Duration.ofDays(1)))
                .then(page("", 2, account("b", 2)));

        assertThat(read()).containsExactly("a", "b");
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    @Test
    void a_refused_cursor_is_replaced_by_one_that_begins_where_it_ended() throws Exception {
        gigya.then(page("1", 2, account("a", 1))).then(REFUSED).then(page("", 2, account("a", 1), account("b", 2)));

        assertThat(read()).containsExactly("a", "a", "b");
        assertThat(gigya.asked()).containsExactly("open", "1", "open since");
    }

    @Test
    void accounts_without_order_are_read_from_the_beginning_again() throws Exception {
        gigya.then(page("1", 3, account("c", 3), account("a", 1)))
                .then(REFUSED)
                .then(page("", 3, account("c", 3), account("a", 1), account("b", 2)));

        assertThat(read()).containsExactly("c", "a", "c", "a", "b");
        assertThat(gigya.asked()).containsExactly("open", "1", "open");
    }

    @Test
    void an_account_from_the_future_does_not_move_the_place_where_a_new_cursor_begins() throws Exception {
        gigya.then(page("1", 3, account("future", 99_999))).then(REFUSED).then(page("", 3, account("future", 99_999)));

        read();

        assertThat(gigya.asked()).containsExactly("open", "1", "open");
    }

    @Test
    void a_cursor_that_is_refused_with_a_code_never_seen_before_is_replaced_in_the_end() throws Exception {
        var unknown = GigyaException.answered(FailureKind.UNAVAILABLE, "unknown", 999999, "call");
        gigya.then(page("1", 2, account("a", 1)))
                .then(unknown)
                .then(unknown)
                .then(unknown)
                .then(page("", 2, account("b", 2)));

        assertThat(read()).containsExactly("a", "b");
        assertThat(gigya.asked()).containsExactly("open", "1", "1", "1", "open since");
    }

    @Test
    void cursors_that_lead_nowhere_are_given_up() {
        gigya.then(page("1", 2, account("a", 1)));
        for (int i = 0; i < 10; i++) {
            gigya.then(REFUSED).then(page("1", 2, account("a", 1)));
        }

        assertThatThrownBy(this::read).isSameAs(REFUSED);
    }

    @Test
    void a_site_whose_settings_are_refused_is_not_asked_again() {
        gigya.then(REFUSED);

        assertThatThrownBy(this::read).isSameAs(REFUSED);
        assertThat(gigya.asked()).hasSize(1);
    }

    @Test
    void a_first_page_that_does_not_come_is_waited_for() {
        gigya.then(CUT);

        assertThatThrownBy(this::read).isSameAs(CUT);
        assertThat(waited()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    }

    @Test
    void a_later_page_that_does_not_come_is_waited_for() {
        gigya.then(page("1", 2, account("a", 1))).then(CUT);

        assertThatThrownBy(this::read).isSameAs(CUT);
        assertThat(waited()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    }

    @Test
    void a_first_page_that_comes_after_two_minutes_is_read() throws Exception {
        for (int failures = 0; failures < 9; failures++) {
            gigya.then(CUT);
        }
        gigya.then(page("", 1, account("a", 1)));

        assertThat(read()).containsExactly("a");
        assertThat(waited()).isGreaterThan(Duration.ofMinutes(2));
    }

    @Test
    void a_page_that_repeats_for_ever_ends() {
        gigya.then(page("1", 9, account("a", 1))).then(page("1", 9, account("b", 2)));

        assertThatThrownBy(this::read).isInstanceOf(GigyaException.class).hasMessageContaining("comes to no end");
        assertThat(gigya.asked()).hasSizeLessThan(20);
    }

    @Test
    void pages_that_are_too_large_to_read_become_smaller() throws Exception {
        var tooLarge = Failures.tooLarge();
        gigya.then(page("1", 2, account("a", 1))).then(tooLarge).then(page("", 2, account("b", 2)));

        assertThat(read()).containsExactly("a", "b");
        assertThat(gigya.asked()).containsExactly("open", "1", "open since");
        assertThat(gigya.lastLimit()).isEqualTo(1);
    }

    @Test
    void empty_pages_for_ever_end() {
        gigya.then(page("1", 9));

        assertThatThrownBy(this::read).isInstanceOf(GigyaException.class);
        assertThat(gigya.asked()).hasSizeLessThan(100);
    }

    @Test
    void an_empty_page_in_the_midst_is_no_end() throws Exception {
        gigya.then(page("1", 2, account("a", 1))).then(page("2", 2)).then(page("", 2, account("b", 2)));

        assertThat(read()).containsExactly("a", "b");
    }

    @Test
    void all_is_read_where_as_many_came_as_gigya_counts() throws Exception {
        gigya.then(page("1", 3, account("a", 1)))
                .then(page("2", 3, account("b", 2)))
                .then(page("", 3, account("c", 3)));

        assertThat(pages()).extracting(SyncPage::complete).containsExactly(false, false, true);
    }

    @Test
    void nothing_at_all_is_all_where_gigya_counts_none() throws Exception {
        gigya.then(page("", 0));

        assertThat(pages()).extracting(SyncPage::complete).containsExactly(true);
    }

    @Test
    void an_end_that_comes_too_soon_proves_nothing() throws Exception {
        gigya.then(page("1", 3, account("a", 1))).then(page("", 2, account("b", 2)));

        assertThat(pages()).extracting(SyncPage::complete).containsExactly(false, false);
    }

    @Test
    void what_a_refused_cursor_showed_counts_nothing_for_the_next_one() throws Exception {
        gigya.then(page("1", 2, account("a", 1))).then(REFUSED).then(page("", 2, account("a", 1)));

        assertThat(pages()).extracting(SyncPage::complete).containsExactly(false, false);
    }

    @Test
    void a_search_shows_what_was_there_before_its_answer() throws Exception {
        gigya.then(page("", 0)).takes(Duration.ofSeconds(20));

        assertThat(pages()).extracting(SyncPage::opened).containsExactly(Instant.ofEpochSecond(9_980));
    }

    @Test
    void a_time_of_gigyas_that_is_in_the_future_is_not_believed() throws Exception {
        var asked = time.instant();
        gigya.then(new SearchPage(List.of(), 0, 0, Optional.empty(), asked.plus(Duration.ofDays(365))));

        assertThat(pages()).extracting(SyncPage::opened).containsExactly(asked);
    }

    private Duration waited() {
        return time.pauses().stream().reduce(Duration.ZERO, Duration::plus);
    }

    private List<String> read() throws GigyaException, InterruptedException {
        return pages().stream()
                .flatMap(page -> page.found().accounts().stream())
                .map(account -> account.uid().value())
                .toList();
    }

    private List<SyncPage> pages() throws GigyaException, InterruptedException {
        var query = new SearchQuery(Set.of(), Optional.empty(), Optional.empty(), 0, 10);
        var pages = new SyncPages(
                PageSource.of(() -> gigya, new SearchedFields(Set.of())),
                query,
                Optional.empty(),
                Duration.ofSeconds(60),
                new BackOff(time, time),
                time);
        var read = new ArrayList<SyncPage>();
        for (var next = pages.next(); next.isPresent(); next = pages.next()) {
            read.add(next.get());
        }
        return read;
    }
}
