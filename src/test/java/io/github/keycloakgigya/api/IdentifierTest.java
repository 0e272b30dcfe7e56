package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @CsvSource({
        "+491701234567, +491701234567",
        "' +49 170 123-45.67 ', +491701234567",
        "+1234567, +1234567",
        "+123456789012345, +123456789012345"
    })
    void a_text_of_plus_and_7_to_15_digits_is_a_phone_number(String typed, String number) {
        assertThat(Identifier.phone(typed)).contains(new Identifier("_phoneNumber", number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0170 1234567",
                "491701234567",
                "+123456",
                "+1234567890123456",
                "+1 . . 5",
                "+49 170 12345 ab",
                "+49(0)170123456",
                "++491701234567",
                "+491701234567\n",
                "+49170123456\u0667",
                "ann+491701@example.com"
            })
    void any_other_text_is_none(String typed) {
        assertThat(Identifier.phone(typed.endsWith("\n") ? typed + "1" : typed)).isEmpty();
    }

    @Test
    void four_to_32_digits_may_be_a_custom_identifier_and_nothing_else_may() {
        assertThat(Identifier.custom("loyaltyNumber", " 0042 ")).contains(new Identifier("loyaltyNumber", "0042"));
        assertThat(Identifier.custom("loyaltyNumber", "9".repeat(32))).isPresent();
        for (var typed :
                new String[] {"123", "9".repeat(33), "DE1234", "12 34", "12-34", "+1234567", "\u0661234", ""}) {
            assertThat(Identifier.custom("loyaltyNumber", typed)).as(typed).isEmpty();
        }
    }

    @Test
    void the_names_that_gigya_has_itself_are_no_names_of_custom_identifiers() {
        assertThat(Identifier.isCustomName("loyaltyNumber")).isTrue();
        for (var name : new String[] {"_uid", "_email", "", "1st", "loyalty number", "a\"b", "x".repeat(65)}) {
            assertThat(Identifier.isCustomName(name)).as(name).isFalse();
        }
    }

    @Test
    void no_log_shows_the_value() {
        assertThat(new Identifier("_phoneNumber", "+491701234567")).hasToString("Identifier[_phoneNumber]");
    }
}
