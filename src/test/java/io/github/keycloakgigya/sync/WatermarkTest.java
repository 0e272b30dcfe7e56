package io.github.keycloakgigya.sync;

import static io.github.keycloakgigya.sync.PagesOfGigya.account;
import static io.github.keycloakgigya.sync.PagesOfGigya.page;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.sync.SyncPages.SyncPage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatermarkTest {

    private final Watermark watermark = new Watermark(Instant.ofEpochSecond(5));

    @Test
    void it_follows_the_latest_change() {
        pass(100, account("a", 10), account("b", 10), account("c", 11));

        assertThat(watermark.ofPart()).isEqualTo(Instant.ofEpochSecond(11));
        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(11));
    }

    @Test
    void once_all_is_read_it_follows_the_time_at_which_that_was_asked_for_less_the_delay_of_the_search() {
        pass(100, account("a", 10));
        passLast(100, account("b", 11));

        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(70));
    }

    @Test
    void where_nothing_changed_it_goes_on_as_well() {
        passLast(100);

        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(70));
    }

    @Test
    void a_change_just_before_counts_more_than_the_delay() {
        passLast(100, account("a", 90));

        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(90));
    }

    @Test
    void it_never_goes_back() {
        pass(100, account("a", 1));

        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(5));
    }

    @Test
    void a_clock_that_goes_back_does_not_take_it_along() {
        passLast(3, account("a", 1));

        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(5));
    }

    @Test
    void an_account_from_the_future_does_not_hide_what_changes_until_then() {
        passLast(100, account("a", 10), account("b", 9_999));

        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(100));
    }

    @Test
    void accounts_without_order_count_only_once_all_are_there() {
        passLast(40, account("a", 20), account("b", 10));

        assertThat(watermark.ofPart()).isEqualTo(Instant.ofEpochSecond(5));
        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(20));
    }

    @Test
    void where_accounts_are_held_back_those_without_order_prove_nothing() {
        pass(100, account("a", 20), account("b", 10));

        assertThat(watermark.ofWhole()).isEqualTo(Instant.ofEpochSecond(5));
    }

    @Test
    void a_new_cursor_may_begin_further_back() {
        pass(100, account("a", 20));
        pass(200, account("b", 10), account("c", 30));

        assertThat(watermark.ofPart()).isEqualTo(Instant.ofEpochSecond(30));
    }

    private void pass(long opened, FoundAccount... accounts) {
        pass(opened, false, accounts);
    }

    private void passLast(long opened, FoundAccount... accounts) {
        pass(opened, true, accounts);
    }

    private void pass(long opened, boolean complete, FoundAccount... accounts) {
        watermark.passed(new SyncPage(page("", 1, accounts), Instant.ofEpochSecond(opened), complete));
    }
}
