package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatestUsedTest {

    private static final int MOST = 1_000;

    private final LatestUsed<String, Object> kept = new LatestUsed<>(Object::new);

    @Test
    void one_name_has_one_value() {
        assertThat(kept.of("login.example.com")).isSameAs(kept.of("login.example.com"));
    }

    @Test
    void a_thousand_names_are_kept_and_one_more_pushes_the_first_out() {
        var first = kept.of("0");
        IntStream.range(1, MOST).forEach(made -> kept.of(Integer.toString(made)));
        assertThat(kept.of("0")).isSameAs(first);

        var second = kept.of("1");
        IntStream.rangeClosed(2, MOST).forEach(made -> kept.of(Integer.toString(made)));
        assertThat(kept.of("1")).isSameAs(second);
        assertThat(kept.of("0")).isNotSameAs(first);
    }

    @Test
    void what_was_not_used_for_longest_makes_room_and_what_is_in_use_stays() {
        var inUse = kept.of("in use");
        var unused = kept.of("unused");

        IntStream.rangeClosed(1, MOST).forEach(made -> {
            kept.of("made up " + made);
            assertThat(kept.of("in use")).isSameAs(inUse);
        });

        assertThat(kept.of("unused")).isNotSameAs(unused);
    }
}
