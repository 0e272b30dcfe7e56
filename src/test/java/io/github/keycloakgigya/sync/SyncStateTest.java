package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyncStateTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final SyncState OWNED = SyncState.NEW.ownedBy("sync", "node", NOW);

    @Test
    void it_is_the_same_after_it_was_stored() {
        var state = SyncState.NEW.ownedBy("sync", "node", NOW).withWatermark("site", NOW.minusSeconds(9));

        assertThat(SyncState.parse(state.text())).isEqualTo(state);
        assertThat(SyncState.parse(SyncState.NEW.text())).isEqualTo(SyncState.NEW);
    }

    @Test
    void a_memo_is_the_same_after_it_was_stored_and_a_sync_has_none() {
        var state = OWNED.withMemo("{\"a\":1}");

        assertThat(SyncState.parse(state.text())).isEqualTo(state);
        assertThat(state.released().memo()).isEqualTo("{\"a\":1}");
        assertThat(OWNED.text()).doesNotContain("memo");
    }

    @Test
    void it_fits_into_the_column() {
        var uuid = "00000000-0000-0000-0000-000000000000";

        assertThat(SyncState.NEW
                        .ownedBy(uuid, uuid, NOW)
                        .withWatermark(uuid, NOW)
                        .text())
                .hasSizeLessThan(255);
    }

    @Test
    void what_cannot_be_read_is_a_beginning() {
        assertThat(SyncState.parse("?")).isEqualTo(SyncState.NEW);
        assertThat(SyncState.parse("")).isEqualTo(SyncState.NEW);
        assertThat(SyncState.parse("[]")).isEqualTo(SyncState.NEW);
    }

    @Test
    void a_sync_without_a_sign_of_life_for_a_minute_is_over() {
        for (var cluster : List.of(ClusterView.NONE, new ClusterView("self", Set.of("self", "node")))) {
            assertThat(OWNED.isOwnedAt(NOW.plusSeconds(59), cluster)).isTrue();
            assertThat(OWNED.isOwnedAt(NOW.plusSeconds(60), cluster)).isFalse();
            assertThat(OWNED.isOwnedAt(NOW.minus(Duration.ofDays(1)), cluster)).isFalse();
            assertThat(OWNED.released().isOwnedAt(NOW, cluster)).isFalse();
        }
    }

    @Test
    void a_sync_whose_node_has_left_the_cluster_is_over_sooner() {
        var cluster = new ClusterView("self", Set.of("self", "third"));

        assertThat(OWNED.isOwnedAt(NOW.plusSeconds(19), cluster)).isTrue();
        assertThat(OWNED.isOwnedAt(NOW.plusSeconds(20), cluster)).isFalse();
    }

    @Test
    void a_node_that_is_in_no_cluster_itself_takes_no_other_for_lost() {
        assertThat(OWNED.isOwnedAt(NOW.plusSeconds(59), new ClusterView("self", Set.of("others"))))
                .isTrue();
    }

    @Test
    void a_sync_of_a_node_that_is_in_no_cluster_is_not_lost_by_one() {
        var alone = SyncState.NEW.ownedBy("sync", "", NOW);

        assertThat(alone.isOwnedAt(NOW.plusSeconds(59), new ClusterView("self", Set.of("self"))))
                .isTrue();
    }

    @Test
    void a_watermark_is_one_of_its_site() {
        var state = SyncState.NEW.withWatermark("site", NOW);

        assertThat(state.watermarkOf("site")).contains(NOW);
        assertThat(state.watermarkOf("another site")).isEmpty();
    }
}
