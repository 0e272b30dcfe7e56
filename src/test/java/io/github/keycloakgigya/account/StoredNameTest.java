package io.github.keycloakgigya.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredNameTest {

    @Test
    void letters_become_small_in_any_script() {
        assertThat(StoredName.lowerCase("Jos\u00C9@Example.COM")).hasValue("jos\u00E9@example.com");
        assertThat(StoredName.lowerCase("\u0391\u0392")).hasValue("\u03B1\u03B2");
        assertThat(StoredName.lowerCase("\u007F\u0080")).hasValue("\u007F\u0080");
        assertThat(StoredName.lowerCase("")).hasValue("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mi\u212Ae@example.com", "M\u0130KE", "\u212A"})
    void a_letter_that_would_become_one_of_a_to_z_makes_the_text_nobodys(String text) {
        assertThat(StoredName.lowerCase(text)).isEmpty();
    }

    @Test
    void a_text_fits_that_a_column_holds() {
        assertThat(StoredName.fits("x".repeat(255))).isTrue();
        assertThat(StoredName.fits("x".repeat(256))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0", "a\nb", "a\u200Bb", "a\u202Eb", "\uFEFFa", "a\u2028b", "a\u2029b", "a\u00ADb"})
    void a_text_with_a_character_that_nobody_sees_does_not_fit(String text) {
        assertThat(StoredName.fits(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@example.com", "Ann Lee", "\uD83D\uDE00", "\u00E9", ""})
    void a_text_that_is_seen_whole_fits(String text) {
        assertThat(StoredName.fits(text)).isTrue();
    }
}
