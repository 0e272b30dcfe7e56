package io.github.keycloakgigya.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.CallObserver.CallEnd;
import io.github.keycloakgigya.api.CallObserver.CallOutcome;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard, the alerts and the manual name the metrics that there are. */
class MonitoringTest {

    private static final String MANUAL = "docs/operations.md";
    private static final String ALERTS = "docker/prometheus/alerts.yml";
    private static final String DASHBOARD = "docker/grafana/dashboards/keycloak-gigya.json";

    private static final Pattern METRIC = Pattern.compile("\\bkeycloak_gigya_\\w+");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern RUNBOOK = Pattern.compile("runbook_url: (\\S+)");

    @ParameterizedTest
    @ValueSource(strings = {MANUAL, ALERTS, DASHBOARD, "docker/prometheus/alerts.test.yml"})
    void every_metric_that_a_file_names_exists(String file) throws IOException {
        assertThat(metricsIn(Files.readString(Path.of(file)))).isNotEmpty().isSubsetOf(withHistogram(scraped()));
    }

    // The manual names a histogram without what its series end with.
    private static Set<String> withHistogram(Set<String> scraped) {
        scraped.add("keycloak_gigya_calls_seconds");
        return scraped;
    }

    @Test
    void the_manual_names_every_metric() throws IOException {
        var named = metricsIn(Files.readString(Path.of(MANUAL)));

        assertThat(scraped())
                .map(metric -> metric.replaceFirst("_(count|sum|bucket)$", ""))
                .isSubsetOf(named);
    }

    @Test
    void the_manual_says_what_to_do_about_every_alert() throws IOException {
        var manual = Files.readString(Path.of(MANUAL));
        var alerts = Files.readString(Path.of(ALERTS));
        var names = ALERT.matcher(alerts).results().map(alert -> alert.group(1)).toList();

        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(manual).contains("\n### " + name + "\n"));
        assertThat(RUNBOOK.matcher(alerts).results().map(runbook -> runbook.group(1)))
                .containsExactlyElementsOf(names.stream()
                        .map(name -> MANUAL + "#" + name.toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static Set<String> metricsIn(String text) {
        return METRIC.matcher(text).results().map(match -> match.group()).collect(Collectors.toSet());
    }

    private static Set<String> scraped() {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var meters = new Meters(prometheus, Clock.systemUTC(), "1.2.3");
        meters.syncs().of(new SyncMeter.Federation("1", "2", "shop", "gigya", Duration.ofMinutes(5)));
        meters.calls()
                .begins(ApiMethod.GET_JWT)
                .ended(new CallEnd(CallOutcome.SUCCESS, OptionalInt.empty(), Optional.empty()));
        meters.webhooks().signed(MessageOutcome.DONE, false);
        meters.webhooks().event("accountUpdated");
        meters.webhooks().account(MessageOutcome.DONE);
        meters.transfers().legacy("shop", 1);
        return metricsIn(prometheus.scrape());
    }
}
