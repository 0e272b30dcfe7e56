package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.Uid;
import org.junit.jupiter.api.Test;

class SeenUidsTest {

    private final SeenUids seen = new SeenUids();

    @Test
    void each_uid_counts_once() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10_000; i++) {
                seen.add(new Uid("uid-" + i));
            }
        }

        assertThat(seen.count()).isEqualTo(10_000);
    }

    @Test
    void only_what_was_seen_is_there() {
        assertThat(seen.contains(new Uid("a"))).isFalse();

        seen.add(new Uid("a"));

        assertThat(seen.contains(new Uid("a"))).isTrue();
        assertThat(seen.contains(new Uid("A"))).isFalse();
        seen.add(new Uid("A"));
        assertThat(seen.contains(new Uid("A"))).isTrue();
    }
}
