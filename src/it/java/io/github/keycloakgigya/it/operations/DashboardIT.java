package io.github.keycloakgigya.it.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.Watched;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.HookedRealm;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.page.Chromium;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real Prometheus reads the metrics, answers the dashboard and raises the alerts. */
@OnlyInFullBuild
class DashboardIT extends AtWatchedServer {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    DashboardIT(@Watched KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator);
    }

    @Test
    void every_query_of_the_dashboard_finds_something_and_an_outage_raises_alerts() {
        var queries = Dashboard.queries();
        assertThat(queries).hasSizeGreaterThan(15);
        try (var realm = SyncedRealm.create(
                        keycloak, simulator, Map.of("changedSyncPeriod", "86400", "webhooks", "true"));
                var prometheus = PrometheusServer.of(keycloak)) {
            realm.addAccounts(3);
            realm.full();
            Hook.active(realm.realm());
            signInAndFail(realm.realm(), prometheus);

            for (var query : queries) {
                await().atMost(LIMIT)
                        .untilAsserted(() ->
                                assertThat(prometheus.query(query)).as(query).isNotEmpty());
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(prometheus.alerts().findValuesAsText("alertname"))
                            .contains("GigyaDoesNotAnswer", "GigyaSignInsFail", "GigyaRefusesSettings"));
        }
    }

    /** The picture of {@code docs/real-time.md}, in which there is more to see with {@code -Dscreenshots}: six minutes. */
    @Test
    void the_panels_of_real_time_show_messages_events_and_sessions_that_ended() {
        var length = System.getProperty("screenshots") == null ? Duration.ofSeconds(20) : Duration.ofMinutes(6);
        try (var chromium = Chromium.start();
                var prometheus = PrometheusServer.of(keycloak);
                var hooked = HookedRealm.create(keycloak, simulator, Map.of())) {
            new HookTraffic(hooked, simulator).go(length);
            prometheus.awaitLook();

            var page = chromium.newWindow(new Browser.NewContextOptions().setViewportSize(1_000, 560))
                    .newPage();
            // Drawn again until it is whole: a rate needs two looks that Prometheus took, and a busy machine takes them
            // late.
            await().atMost(LIMIT).untilAsserted(() -> {
                // From elsewhere, since a new fragment alone loads nothing.
                page.navigate("about:blank");
                page.navigate(prometheus.drawn("Real time", length).toString());
                page.waitForLoadState(LoadState.NETWORKIDLE);

                assertThat(page.locator("section h2").allInnerTexts())
                        .containsExactly("Messages of webhooks", "Events", "Age of events", "Sessions that ended");
                assertThat(page.locator("section .label").allInnerTexts())
                        .contains("done", "refused", "unavailable", "accountUpdated", "accountDeleted", "accountMerged")
                        .contains("disabled", "deleted", "merged");
            });
            if (System.getProperty("screenshots") != null) {
                page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("docs/images/real-time.png")));
            }
        }
    }

    // More than once, with looks between: a rate needs a series that grows. New accounts are also what a hook tells of.
    private void signInAndFail(GigyaRealm realm, PrometheusServer prometheus) {
        for (int round = 0; round < 6; round++) {
            simulator.faults().clear();
            realm.signIn(account(realm));
            simulator.faults().on("accounts.getJWT", Fault.drop());
            FailedSignIn.of(realm, account(realm));
            FailedSignIn.of(realm, account(realm));
            simulator.faults().on("accounts.getJWT", Fault.errorCode(403003));
            FailedSignIn.of(realm, account(realm));
            prometheus.awaitLook();
        }
    }
}
