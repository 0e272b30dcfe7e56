package io.github.keycloakgigya.sync.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostDatabaseTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "57P01"})
    void a_broken_connection_is_no_accounts_fault(String state) {
        assertThat(LostDatabase.isCauseOf(new IllegalStateException(new SQLException("gone", state))))
                .isTrue();
    }

    @Test
    void neither_is_a_connection_that_nobody_gave() {
        assertThat(LostDatabase.isCauseOf(new IllegalStateException(new SQLTransientConnectionException())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "40001", ""})
    void what_the_database_refuses_is(String state) {
        assertThat(LostDatabase.isCauseOf(new IllegalStateException(new SQLException("refused", state))))
                .isFalse();
    }

    @Test
    void an_exception_that_causes_itself_ends() {
        var first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(LostDatabase.isCauseOf(first)).isFalse();
    }
}
