package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token, a browser's form and a search may take for a UID. */
class UidTest {

    static String[] uids() {
        return new String[] {
            "0e5712b22b5a42e8be28747b4c076214", "_guid_Ab+/==", " a b ", "äß😀", "u".repeat(255), "😀".repeat(255)
        };
    }

    @ParameterizedTest
    @MethodSource("uids")
    void any_text_of_up_to_255_characters_can_be_a_uid(String text) {
        assertThat(Uid.of(text)).contains(new Uid(text));
        assertThat(new Uid(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "   ", "\u2003", "\t", "a\0", "a\nb", "a\u0085b", "a\u009Fb", "\uD83D", "a\uDE00b"})
    void a_text_without_a_visible_character_or_with_one_that_hides_is_none(String text) {
        assertIsNone(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1000, 1_000_000})
    void a_longer_text_is_none(int length) {
        assertIsNone("u".repeat(length));
    }

    @Test
    void no_text_is_none() {
        assertThat(Uid.of(null)).isEmpty();
    }

    @Test
    void letter_case_matters() {
        assertThat(new Uid("uid")).isNotEqualTo(new Uid("Uid"));
    }

    @Test
    void a_uid_does_not_show_in_a_log() {
        assertThat(new Uid("ann@example.com")).hasToString("Uid[hidden]");
    }

    private static void assertIsNone(String text) {
        assertThat(Uid.of(text)).isEmpty();
        assertThatThrownBy(() -> new Uid(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a UID");
    }
}
