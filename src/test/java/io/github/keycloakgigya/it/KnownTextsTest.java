package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownTextsTest {

    @Test
    void those_that_occur_are_found_wherever_they_stand() {
        var known = new KnownTexts(List.of("secret", "another secret", "token", "at the end"));

        assertThat(known.in("secret")).containsExactly("secret");
        assertThat(known.in("the token of another secret is at the end"))
                .containsExactlyInAnyOrder("token", "another secret", "secret", "at the end");
        assertThat(known.in("the toke of another secre is at the en")).isEmpty();
        assertThat(known.in("toke")).isEmpty();
        assertThat(known.in("")).isEmpty();
    }

    @Test
    void where_none_is_known_none_is_found() {
        assertThat(new KnownTexts(List.of()).in("anything")).isEmpty();
    }

    @Test
    void what_is_found_is_what_a_look_for_each_one_finds() {
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            var texts = new HashSet<String>();
            for (int i = 0; i < 20; i++) {
                texts.add(text(random, 3 + random.nextInt(6)));
            }
            var text = text(random, random.nextInt(60));

            assertThat(new KnownTexts(texts).in(text))
                    .containsExactlyInAnyOrderElementsOf(
                            texts.stream().filter(text::contains).toList());
        }
    }

    private static String text(Random random, int length) {
        return random.ints(length, 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
