package io.github.keycloakgigya.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(prometheus, Clock.fixed(NOW, ZoneOffset.UTC), "1.2.3");

    @Test
    void sign_ins_are_counted_by_door_and_outcome() {
        meters.signIns().succeeded(Door.LOGIN_PAGE);
        meters.signIns().succeeded(Door.LOGIN_PAGE);
        meters.signIns().failed(Door.TOKEN_EXCHANGE, "proof_expired");
        meters.signIns().wrongPassword();

        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_sign_ins_total{door=\"login_page\",outcome=\"success\"} 2.0")
                .contains("keycloak_gigya_sign_ins_total{door=\"token_exchange\",outcome=\"proof_expired\"} 1.0")
                .contains("keycloak_gigya_sign_ins_total{door=\"password\",outcome=\"wrong_password\"} 1.0");
    }

    @Test
    void what_alerts_wait_for_is_zero_from_the_start() {
        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_sign_ins_total{door=\"password\",outcome=\"gigya_misconfigured\"} 0.0")
                .contains("keycloak_gigya_calls_withheld_total{method=\"accounts.getJWTPublicKey\"} 0.0")
                .contains("keycloak_gigya_syncs_total{kind=\"changed\",outcome=\"failed\"} 0.0")
                .contains("keycloak_gigya_synced_accounts_total{result=\"failed\"} 0.0");
    }

    @Test
    void passwords_that_need_the_jar_are_shown_by_realm_as_counted_last() {
        meters.transfers().legacy("shop", 7);
        meters.transfers().legacy("shop", 3);
        IntStream.range(0, 200).forEach(realm -> meters.transfers().legacy("realm " + realm, 1));

        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_legacy_passwords{realm=\"shop\"} 3.0")
                .contains("keycloak_gigya_legacy_passwords{realm=\"realm 98\"}")
                .doesNotContain("keycloak_gigya_legacy_passwords{realm=\"realm 99\"}");
    }

    @Test
    void calls_that_are_withheld_are_counted_by_method() {
        meters.calls().withheld(ApiMethod.EXCHANGE_UID_SIGNATURE);

        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_calls_withheld_total{method=\"accounts.exchangeUIDSignature\"} 1.0");
    }

    @Test
    void a_running_sync_tells_how_far_it_is() {
        var handled = new AtomicLong(400);
        var sync = meters.syncs().of(federation("1", "shop", "gigya"));
        sync.begins(handled::get, () -> 1000);

        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_sync_running{federation=\"gigya\",realm=\"shop\"} 1.0")
                .contains("keycloak_gigya_sync_handled{federation=\"gigya\",realm=\"shop\"} 400.0")
                .contains("keycloak_gigya_sync_expected{federation=\"gigya\",realm=\"shop\"} 1000.0")
                .contains("keycloak_gigya_sync_period_seconds{federation=\"gigya\",realm=\"shop\"} 300.0");
        handled.set(500);
        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_sync_handled{federation=\"gigya\",realm=\"shop\"} 500.0");
        sync.ends(SyncMeter.Kind.FULL, SyncMeter.End.ENDED_EARLY);
        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_sync_running{federation=\"gigya\",realm=\"shop\"} 0.0")
                .contains("keycloak_gigya_syncs_total{kind=\"full\",outcome=\"ended_early\"} 1.0");
    }

    @Test
    void a_changed_name_or_period_replaces_the_row() {
        meters.syncs().of(federation("1", "shop", "gigya"));
        meters.syncs().of(federation("1", "shop", "customers"));

        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_sync_running{federation=\"customers\",realm=\"shop\"} 0.0")
                .doesNotContain("federation=\"gigya\"");
    }

    @Test
    void two_federations_of_one_name_share_a_row() {
        meters.syncs().of(federation("1", "shop", "gigya")).begins(() -> 3, () -> 5);
        meters.syncs().of(federation("2", "shop", "gigya")).begins(() -> 4, () -> 5);

        assertThat(prometheus.scrape())
                .contains("keycloak_gigya_sync_running{federation=\"gigya\",realm=\"shop\"} 2.0")
                .contains("keycloak_gigya_sync_handled{federation=\"gigya\",realm=\"shop\"} 7.0");
    }

    @Test
    void what_is_forgotten_is_shown_no_more() {
        meters.syncs().of(federation("1", "shop", "gigya"));
        meters.syncs().of(federation("2", "club", "gigya"));

        meters.syncs().forget(federation -> federation.id().equals("1"));

        assertThat(meters.syncs().federations())
                .extracting(SyncMeter.Federation::realm)
                .containsExactly("club");
        assertThat(prometheus.scrape()).contains("realm=\"club\"").doesNotContain("realm=\"shop\"");
    }

    @Test
    void ten_thousand_realms_make_a_hundred_rows_and_one_for_the_others() {
        for (int realm = 0; realm < 10_000; realm++) {
            meters.syncs().of(federation("id" + realm, "realm" + realm, "gigya"));
        }

        assertThat(prometheus.scrape().lines().filter(line -> line.startsWith("keycloak_gigya_sync_running{")))
                .hasSize(101)
                .contains("keycloak_gigya_sync_running{federation=\"(others)\",realm=\"(others)\"} 0.0");
    }

    @Test
    void without_a_registry_that_shows_them_meters_do_no_harm() {
        var nobodyLooks = new Meters(new CompositeMeterRegistry(), Clock.systemUTC(), "1.2.3");

        nobodyLooks.signIns().succeeded(Door.PASSWORD);
        nobodyLooks.calls().withheld(ApiMethod.GET_JWT_PUBLIC_KEY);
        nobodyLooks.syncs().of(federation("1", "shop", "gigya")).begins(() -> 1, () -> 1);

        assertThat(nobodyLooks.syncs().federations()).hasSize(1);
    }

    private static SyncMeter.Federation federation(String id, String realm, String name) {
        return new SyncMeter.Federation("realm-" + id, id, realm, name, Duration.ofMinutes(5));
    }
}
