package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncStatesTest {

    @ParameterizedTest
    @CsvSource({"demo, demo-test", "demo, demo-", "demo, 4-demo", "1, 1-1-1", "a, a/a"})
    void a_realm_has_nothing_of_a_realm_whose_id_begins_alike(String realmId, String anotherId) {
        var federation = "6f1c";

        assertThat(SyncStates.Work.SYNC.key(realmId, federation)).startsWith(SyncStates.Work.SYNC.prefix(realmId));
        assertThat(SyncStates.Work.SYNC.key(anotherId, federation))
                .doesNotStartWith(SyncStates.Work.SYNC.prefix(realmId));
        assertThat(SyncStates.Work.SYNC.key(realmId, federation))
                .doesNotStartWith(SyncStates.Work.SYNC.prefix(anotherId));
    }

    @ParameterizedTest
    @CsvSource({"demo, 6f1c", "4-demo-, a-b", "a/b, c"})
    void a_key_tells_whose_it_is(String realmId, String federation) {
        var work = SyncStates.Work.LEAVING;

        assertThat(work.placeOf(work.key(realmId, federation))).contains(new SyncStates.Place(realmId, federation));
        assertThat(work.placeOf(SyncStates.Work.SYNC.key(realmId, federation))).isEmpty();
        assertThat(work.placeOf("gigya-leaving-99-short")).isEmpty();
        assertThat(work.placeOf("gigya-leaving-x-y")).isEmpty();
    }

    @Test
    void kinds_of_work_have_states_of_their_own() {
        assertThat(Stream.of(SyncStates.Work.values()).map(work -> work.key("demo", "6f1c")))
                .doesNotHaveDuplicates();
    }
}
