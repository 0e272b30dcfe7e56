package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {

    private static final String STATE = "SELECT UID, isActive, isRegistered, emails, loginIDs, lastUpdatedTimestamp";

    @Test
    void the_clauses_come_in_the_order_that_gigya_wants() {
        var query = new SearchQuery(
                Set.of("profile.lastName", "data.level", "profile.firstName"),
                SearchCondition.isText("profile.lastName", "O'Hara"),
                Optional.of("lastUpdatedTimestamp"),
                40,
                20);

        assertThat(query.text())
                .isEqualTo(STATE + ", data.level, profile.firstName, profile.lastName FROM accounts"
                        + " WHERE profile.lastName = \"O'Hara\" ORDER BY lastUpdatedTimestamp ASC START 40 LIMIT 20");
    }

    @Test
    void what_is_not_wanted_is_not_written() {
        assertThat(query(Set.of(), 0, 1000).text()).isEqualTo(STATE + " FROM accounts LIMIT 1000");
    }

    @Test
    void the_state_is_asked_for_once_though_it_is_wanted_too() {
        assertThat(query(Set.of("UID", "emails", "data.x"), 0, 1).text())
                .isEqualTo(STATE + ", data.x FROM accounts LIMIT 1");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "0, 1001", "-1, 10", "-2147483648, 10", "0, 2147483647"})
    void a_start_or_limit_that_gigya_does_not_take_is_refused(int start, int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> query(Set.of(), start, limit));
    }

    @Test
    void the_bounds_themselves_are_taken() {
        assertThat(query(Set.of(), 0, 1).text()).endsWith(" LIMIT 1");
        assertThat(query(Set.of(), Integer.MAX_VALUE, 1000).text()).endsWith(" START 2147483647 LIMIT 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "UID FROM accounts --", "password, UID", "data.\"x\"", "count(*)", "data.x DESC"})
    void a_field_or_an_order_that_is_no_name_is_refused(String column) {
        assertThatIllegalArgumentException().isThrownBy(() -> query(Set.of(column), 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchQuery(Set.of(), Optional.empty(), Optional.of(column), 0, 1));
    }

    private static SearchQuery query(Set<String> fields, int start, int limit) {
        return new SearchQuery(fields, Optional.empty(), Optional.empty(), start, limit);
    }
}
