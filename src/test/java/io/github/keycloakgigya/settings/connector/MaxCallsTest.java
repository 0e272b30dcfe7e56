package io.github.keycloakgigya.settings.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.settings.connector.CallShares.MaxCalls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

class MaxCallsTest {

    private final Config.Scope options = mock(Config.Scope.class);
    private final Config.Scope server = mock(Config.Scope.class);

    @BeforeEach
    void as_a_server_that_nobody_configured() {
        when(options.root()).thenReturn(server);
        when(server.getInt(eq("http-pool-max-threads"), anyInt())).thenAnswer(call -> call.getArgument(1));
        when(server.getInt(eq("db-pool-max-size"), anyInt())).thenAnswer(call -> call.getArgument(1));
    }

    @ParameterizedTest
    @CsvSource({"50, 100, 25", "50, 40, 20", "200, 100, 50", "8, 6, 3", "1, 1, 1", "100000, 100000, 10000"})
    void by_default_it_is_half_of_the_smaller_of_threads_and_connections(int threads, int connections, int most) {
        when(server.getInt(eq("http-pool-max-threads"), anyInt())).thenReturn(threads);
        when(server.getInt(eq("db-pool-max-size"), anyInt())).thenReturn(connections);

        assertThat(MaxCalls.of(options).value()).isEqualTo(most);
    }

    @Test
    void where_keycloak_tells_neither_its_own_defaults_count() {
        var cores = Runtime.getRuntime().availableProcessors();

        assertThat(MaxCalls.of(options).value()).isEqualTo(Math.min(Math.max(50, 4 * cores), 100) / 2);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "25, 25", "' 400 ', 400", "10000, 10000"})
    void the_operator_may_say_how_many(String option, int most) {
        when(options.get("maxCalls")).thenReturn(option);

        assertThat(MaxCalls.of(options).value()).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "10001", "99999999999", "ten", "2.5", "1e2"})
    void with_an_option_that_is_no_such_number_the_server_does_not_start(String option) {
        when(options.get("maxCalls")).thenReturn(option);

        assertThatThrownBy(() -> MaxCalls.of(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spi-gigya-connector--pooled--max-calls is a whole number from 1 to 10000");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "8, 2", "25, 6"})
    void other_work_than_sign_ins_gets_a_quarter_besides(int most, int aside) {
        assertThat(new MaxCalls(most).aside()).isEqualTo(aside);
    }
}
