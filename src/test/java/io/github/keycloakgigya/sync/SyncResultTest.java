package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.sync.SyncTally.SyncResult;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncResultTest {

    private final SyncTally tally = new SyncTally(new UserIds("component"));

    @Test
    void a_sync_that_came_to_its_end_says_what_it_did() {
        tally.written(new BulkResult(3, 2, 1, 0, List.of(new BulkResult.Failure(new Uid("uid"), "because"))));
        tally.removedUser();

        var result = SyncResult.whole(tally, List.of("a remark"));

        assertThat(result.isIgnored()).isFalse();
        assertThat(result.getAdded()).isEqualTo(3);
        assertThat(result.getUpdated()).isEqualTo(2);
        assertThat(result.getRemoved()).isEqualTo(1);
        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getStatus())
                .isEqualTo("3 imported users, 2 updated users, 1 removed users, 1 failed;"
                        + " failed because: because (1); a remark");
    }

    @Test
    void the_console_shows_the_status_where_it_says_more_than_numbers() {
        assertThat(SyncResult.whole(tally, List.of()).toAdministrator().isIgnored())
                .isFalse();

        tally.failed(new Uid("uid"), "its name is taken");
        var result = SyncResult.whole(tally, List.of()).toAdministrator();

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getStatus()).endsWith("1 failed; failed because: its name is taken (1)");
    }

    @Test
    void many_reasons_are_told_in_a_few_words() {
        for (int account = 0; account < 10; account++) {
            tally.failed(new Uid("uid" + account), "reason " + account);
        }
        tally.failed(new Uid("uid"), "reason 0");
        tally.nameless(2);

        assertThat(SyncResult.whole(tally, List.of()).getStatus())
                .contains("reason 0 (2), ", "reason 4 (1), other reasons, which the log has (7)")
                .doesNotContain("reason 5");
    }

    @Test
    void a_sync_that_ended_early_is_no_success() {
        tally.written(new BulkResult(3, 0, 0, 0, List.of()));

        var result = SyncResult.part(tally, "Gigya is gone");

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getAdded()).isEqualTo(3);
        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getStatus()).contains("3 imported users", "ended early: Gigya is gone");
    }

    @Test
    void a_sync_that_did_not_begin_is_no_success() {
        var result = SyncResult.failed("Gigya is gone");

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getStatus()).isEqualTo("Synchronization failed: Gigya is gone");
    }
}
