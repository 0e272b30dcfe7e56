package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FetchBudgetsTest {

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final FetchBudgets<String> budgets = new FetchBudgets<>(2, Duration.ofSeconds(10), clock);

    @Test
    void a_few_are_allowed_at_once_and_then_one_an_interval() {
        assertThat(budgets.take("a")).isTrue();
        assertThat(budgets.take("a")).isTrue();
        assertThat(budgets.take("a")).isFalse();

        clock.advance(Duration.ofSeconds(10));

        assertThat(budgets.take("a")).isTrue();
        assertThat(budgets.take("a")).isFalse();
    }

    @Test
    void each_has_a_budget_of_its_own() {
        budgets.take("a");
        budgets.take("a");

        assertThat(budgets.take("b")).isTrue();
    }

    @Test
    void what_is_given_back_is_there_again_and_no_more_than_that() {
        budgets.take("a");
        budgets.giveBack("a");
        budgets.giveBack("a");

        assertThat(budgets.take("a")).isTrue();
        assertThat(budgets.take("a")).isTrue();
        assertThat(budgets.take("a")).isFalse();
    }
}
