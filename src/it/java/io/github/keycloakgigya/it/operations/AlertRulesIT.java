package io.github.keycloakgigya.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Prometheus's own tool reads the alerts, and runs their tests. */
class AlertRulesIT {

    private static final String RULES = "docker/prometheus/alerts.yml";
    private static final String TESTS = "docker/prometheus/alerts.test.yml";
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @Test
    void prometheus_takes_the_rules() {
        var check = PrometheusPrograms.find().promtool("check", "rules", RULES);

        assertThat(check.status()).as(check.output()).isZero();
    }

    @Test
    void each_rule_fires_when_it_should_and_only_then() {
        var tests = PrometheusPrograms.find().promtool("test", "rules", TESTS);

        assertThat(tests.status()).as(tests.output()).isZero();
    }

    @Test
    void each_rule_has_a_test() throws IOException {
        var tests = Files.readString(Path.of(TESTS));

        assertThat(ALERT.matcher(Files.readString(Path.of(RULES))).results().map(alert -> alert.group(1)))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tests).contains(alert));
    }
}
