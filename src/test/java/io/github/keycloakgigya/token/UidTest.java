package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.UidForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token, a browser's form and a search take the same texts as a UID. */
class UidTest {

    static String[] uids() {
        return new String[] {
            "0e5712b22b5a42e8be28747b4c076214", "_guid_Ab+/==", " a b ", "äß😀", "u".repeat(255), "😀".repeat(255)
        };
    }

    @ParameterizedTest
    @MethodSource("uids")
    void any_text_of_up_to_255_characters_can_be_a_uid(String text) throws TokenRefusedException {
        assertThat(UidForm.fits(text)).isTrue();
        assertThat(Uid.isUid(text)).isTrue();
        assertThat(Uid.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "   ", "\u2003", "\t", "a\0", "a\nb", "a\u0085b", "a\u009Fb", "\uD83D", "a\uDE00b"})
    void a_text_without_a_visible_character_or_with_one_that_hides_is_none(String text) {
        assertThat(UidForm.fits(text)).isFalse();
        assertThat(Uid.isUid(text)).isFalse();
    }

    @Test
    void a_uid_does_not_show_in_a_log() throws TokenRefusedException {
        assertThat(Uid.of("ann@example.com")).hasToString("Uid[]");
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1000, 1_000_000})
    void a_longer_text_is_none(int length) {
        assertThat(UidForm.fits("u".repeat(length))).isFalse();
        assertThat(Uid.isUid("u".repeat(length))).isFalse();
    }
}
