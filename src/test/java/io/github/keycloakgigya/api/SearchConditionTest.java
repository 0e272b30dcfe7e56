package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody types into a search box stays one text between two quotation marks, or there is no query at all. */
class SearchConditionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Hara",
                "Jürgen Weiß",
                "😀 ada",
                "李小龍",
                "a+b_c%d@x.example",
                "x OR 1 = 1",
                "x; DROP TABLE accounts -- /* */",
                "' OR '1' = '1",
                "“typographic”",
                "＂full width＂",
                "${jndi:ldap://x}",
                "*"
            })
    void an_ordinary_text_is_a_condition_character_by_character(String value) {
        assertThat(SearchCondition.isText("profile.email", value))
                .hasValueSatisfying(
                        condition -> assertThat(condition.text()).isEqualTo("profile.email = \"" + value + "\""));
        assertThat(SearchCondition.containsText("profile.email", value))
                .hasValueSatisfying(condition ->
                        assertThat(condition.text()).isEqualTo("profile.email CONTAINS \"" + value + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "x\" OR UID != \"",
                "x\\",
                "x\\\" OR UID != \\\"",
                "x\" LIMIT 1000",
                "line\nbreak",
                "line\rbreak",
                "line\u0085break",
                "line\u2028break",
                "paragraph\u2029break",
                "tab\there",
                "null\0here",
                "delete\u007F",
                "right\u202Eto left",
                "isolated\u2066here",
                "mark\u200Fhere",
                "zero\u200Bwidth",
                "byte order\uFEFFmark",
                "soft\u00ADhyphen",
                "half\uD83D",
                "\uDE00half",
                "tag\uDB40\uDC41",
                "unassigned\uFFFF"
            })
    void a_text_that_could_be_read_in_two_ways_is_no_condition(String value) {
        assertThat(SearchCondition.isText("profile.email", value)).isEmpty();
        assertThat(SearchCondition.containsText("profile.email", value)).isEmpty();
    }

    @Test
    void no_character_of_unicode_ends_the_text_or_hides_in_it() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            var value = "a" + Character.toString(c) + "b";
            var condition = SearchCondition.isText("UID", value);
            if (c == '"' || c == '\\' || Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF)) {
                assertThat(condition).as(Integer.toHexString(c)).isEmpty();
            } else if (Character.isLetterOrDigit(c)) {
                assertThat(condition).as(Integer.toHexString(c)).isPresent();
            }
            condition.ifPresent(written -> assertThat(written.text()).isEqualTo("UID = \"" + value + "\""));
        }
    }

    @Test
    void a_text_of_more_than_a_thousand_characters_is_no_condition() {
        assertThat(SearchCondition.isText("UID", "x".repeat(1000))).isPresent();
        assertThat(SearchCondition.isText("UID", "x".repeat(1001))).isEmpty();
        assertThat(SearchCondition.containsText("UID", "x".repeat(10_000_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "profile email",
                " UID",
                "UID ",
                "UID\n",
                "UID = UID OR UID",
                "UID\"",
                "UID)",
                "UID, password",
                "data.",
                ".data",
                "data..x",
                "data.ä",
                "7up",
                "*",
                "count(*)",
                "UID;",
                "UID/**/",
                "\uFF35ID"
            })
    void a_column_that_is_no_name_is_refused(String column) {
        assertThatIllegalArgumentException().isThrownBy(() -> SearchCondition.isText(column, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> SearchCondition.isText(column, "\""));
        assertThatIllegalArgumentException().isThrownBy(() -> SearchCondition.containsText(column, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> SearchCondition.isAtLeast(column, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SearchCondition.isFlag(column, true));
    }

    @Test
    void times_and_flags_stand_without_quotation_marks() {
        assertThat(SearchCondition.isAtLeast("lastUpdatedTimestamp", 1604997062123L)
                        .text())
                .isEqualTo("lastUpdatedTimestamp >= 1604997062123");
        assertThat(SearchCondition.isFlag("isRegistered", true).text()).isEqualTo("isRegistered = true");
        assertThat(SearchCondition.isFlag("isActive", false).text()).isEqualTo("isActive = false");
    }

    @Test
    void conditions_are_joined_in_brackets_so_that_neither_word_binds_another_part() {
        var ada = SearchCondition.isText("profile.firstName", "Ada").orElseThrow();
        var hara = SearchCondition.containsText("data.x-y_z$1", "O'Hara").orElseThrow();
        var active = SearchCondition.isFlag("isActive", true);

        assertThat(SearchCondition.allOf(SearchCondition.anyOf(ada, hara), active)
                        .text())
                .isEqualTo("((profile.firstName = \"Ada\" OR data.x-y_z$1 CONTAINS \"O'Hara\") AND isActive = true)");
        assertThat(SearchCondition.anyOf(ada).text()).isEqualTo(ada.text());
        assertThatIllegalArgumentException().isThrownBy(SearchCondition::anyOf);
        assertThatIllegalArgumentException().isThrownBy(SearchCondition::allOf);
    }
}
