package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SyncStateTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

    @Test
    void it_is_the_same_after_it_was_stored() {
        var state = SyncState.NEW.ownedBy("sync", NOW).withWatermark("site", NOW.minusSeconds(9));

        assertThat(SyncState.parse(state.text())).isEqualTo(state);
        assertThat(SyncState.parse(SyncState.NEW.text())).isEqualTo(SyncState.NEW);
    }

    @Test
    void it_fits_into_the_column() {
        var uuid = "00000000-0000-0000-0000-000000000000";

        assertThat(SyncState.NEW.ownedBy(uuid, NOW).withWatermark(uuid, NOW).text())
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
        var state = SyncState.NEW.ownedBy("sync", NOW);

        assertThat(state.isOwnedAt(NOW.plusSeconds(59))).isTrue();
        assertThat(state.isOwnedAt(NOW.plusSeconds(60))).isFalse();
        assertThat(state.isOwnedAt(NOW.minus(Duration.ofDays(1)))).isFalse();
        assertThat(state.released().isOwnedAt(NOW)).isFalse();
    }

    @Test
    void a_watermark_is_one_of_its_site() {
        var state = SyncState.NEW.withWatermark("site", NOW);

        assertThat(state.watermarkOf("site")).contains(NOW);
        assertThat(state.watermarkOf("another site")).isEmpty();
    }
}
