package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncStatesTest {

    @ParameterizedTest
    @CsvSource({"demo, demo-test", "demo, demo-", "demo, 4-demo", "1, 1-1-1", "a, a/a"})
    void a_realm_has_nothing_of_a_realm_whose_id_begins_alike(String realmId, String anotherId) {
        var federation = "6f1c";

        assertThat(SyncStates.key(realmId, federation)).startsWith(SyncStates.prefix(realmId));
        assertThat(SyncStates.key(anotherId, federation)).doesNotStartWith(SyncStates.prefix(realmId));
        assertThat(SyncStates.key(realmId, federation)).doesNotStartWith(SyncStates.prefix(anotherId));
    }
}
