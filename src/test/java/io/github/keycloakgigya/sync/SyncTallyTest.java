package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyncTallyTest {

    private final SyncTally tally = new SyncTally(new UserIds("federation"));

    @Test
    void a_sync_that_left_everybody_as_they_were_did_nothing() {
        tally.written(new BulkResult(0, 0, 7, 0, List.of()));
        tally.skipped(3);
        tally.nameless(0);

        assertThat(tally.isNothing()).isTrue();
        assertThat(tally.unchanged()).isEqualTo(7);
    }

    @Test
    void whatever_else_became_of_somebody_is_something() {
        var added = new SyncTally(new UserIds("federation"));
        added.written(new BulkResult(1, 0, 0, 0, List.of()));
        var updated = new SyncTally(new UserIds("federation"));
        updated.written(new BulkResult(0, 1, 0, 0, List.of()));
        var removed = new SyncTally(new UserIds("federation"));
        removed.removedUser();
        var failed = new SyncTally(new UserIds("federation"));
        failed.failed(new Uid("uid"), "because");
        var nameless = new SyncTally(new UserIds("federation"));
        nameless.nameless(1);

        assertThat(List.of(added, updated, removed, failed, nameless)).noneMatch(SyncTally::isNothing);
    }

    @Test
    void the_metrics_read_all_counts() {
        var shop = new SyncedShop(Map.of());
        tally.written(new BulkResult(1, 2, 3, 0, List.of(new BulkResult.Failure(new Uid("uid"), "because"))));
        tally.nameless(4);
        tally.skipped(6);
        tally.removedUser();
        tally.removedUser();

        tally.report(shop.meter());

        var counted = new LinkedHashMap<String, Double>();
        for (var result : List.of("added", "updated", "unchanged", "removed", "failed", "unfinished")) {
            counted.put(result, shop.shop().counted("keycloak.gigya.synced.accounts", "result", result));
        }
        assertThat(counted)
                .isEqualTo(Map.of(
                        "added",
                        1.0,
                        "updated",
                        2.0,
                        "unchanged",
                        3.0,
                        "removed",
                        2.0,
                        "failed",
                        5.0,
                        "unfinished",
                        6.0));
    }

    @Test
    void what_the_next_one_asks_for_is_read_as_it_was_counted() {
        tally.written(new BulkResult(1, 2, 3, 0, List.of()));
        tally.nameless(4);
        tally.removedUser();

        assertThat(List.of(tally.added(), tally.updated(), tally.unchanged(), tally.failed(), tally.removed()))
                .containsExactly(1, 2, 3, 4, 1);
    }

    @Test
    void the_log_reads_all_counts() {
        tally.written(new BulkResult(1, 2, 3, 0, List.of(new BulkResult.Failure(new Uid("uid"), "because"))));
        tally.written(new BulkResult(10, 20, 30, 0, List.of()));
        tally.nameless(5);
        tally.skipped(7);
        tally.skipped(1);
        tally.removedUser();
        tally.removedUser();

        assertThat(tally)
                .hasToString("11 added, 22 updated, 33 unchanged, 0 released and left alone, 2 removed, 6 failed,"
                        + " 8 with an unfinished registration left out");
    }
}
