package io.github.keycloakgigya.it.operations;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.page.Chromium;
import io.github.keycloakgigya.page.SharedChromium;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The containers of {@code docker/compose.yaml}, as somebody has them who does what docs/installation.md says. */
@OnlyInFullBuild
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@ExtendWith(SharedChromium.class)
class ComposeIT {

    private static final List<String> NODES = List.of("keycloak-1", "keycloak-2");
    private static final Path IMAGES = Path.of("docs/images");
    // The proxy's, for the node that a browser goes to.
    private static final String NODE = "NODE";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final JsonNode ada =
            Json.read(Path.of("docker", "demo-accounts.json")).path(0);
    private Chromium chromium;
    private Composition composition;
    private PrometheusApi prometheus;

    @BeforeAll
    void start_everything(Chromium shared) {
        chromium = shared;
        composition = Composition.start(Path.of(System.getProperty("work.directory")));
        prometheus = new PrometheusApi(composition.prometheus());
    }

    @AfterAll
    void stop_everything() {
        if (composition != null) {
            composition.close();
        }
    }

    @Test
    void a_person_signs_in_through_the_proxy_at_either_node_and_the_dashboard_shows_it() {
        // Twice, with a look of Prometheus between: a rate needs a series that grows.
        for (int times = 1; times <= 2; times++) {
            var expected = NODES.stream().collect(Collectors.toMap(node -> node, node -> signInsAt(node) + 1));
            for (var node : NODES) {
                try (var browser = browserAt(node)) {
                    var page = signIn(browser);

                    assertThat(page.getByLabel("Email"))
                            .hasValue(ada.at("/emails/verified/0").asText());
                    assertThat(nodeOf(browser)).contains(node);
                    picture(page, "compose-signed-in");
                }
            }
            expected.forEach((node, count) ->
                    await("Prometheus has asked " + node).atMost(LIMIT).until(() -> signInsAt(node) == count));
        }

        for (var node : NODES) {
            var ofNode = Dashboard.query("Sign-ins by door", node + ":9000");
            await("the dashboard shows " + node)
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(prometheus.query(ofNode)).anySatisfy(series -> {
                        assertThat(series.at("/metric/door").asText()).isEqualTo("login_page");
                        assertThat(series.at("/value/1").asDouble()).isPositive();
                    }));
        }
    }

    @Test
    void who_signed_in_at_a_node_that_goes_stays_signed_in_at_the_other() {
        try (var browser = browserAt("keycloak-2")) {
            var page = signIn(browser);
            composition.stop("keycloak-2");
            try {
                page.navigate(account());

                assertThat(page.getByLabel("First name")).hasValue("Ada");
                assertThat(nodeOf(browser)).contains("keycloak-1");
            } finally {
                composition.start("keycloak-2");
            }
        }
    }

    // Each of them is the older one of the two when it is killed, and so the one that coordinates the cluster. The
    // last one that is killed is not started again.
    @Test
    @Order(Integer.MAX_VALUE)
    void a_node_that_is_killed_costs_people_less_than_five_seconds() {
        diesUnnoticed("keycloak-1", "keycloak-2");
        composition.start("keycloak-1");
        diesUnnoticed("keycloak-2", "keycloak-1");
    }

    private void diesUnnoticed(String killed, String left) {
        var page = URI.create(composition.keycloak() + "/realms/demo/.well-known/openid-configuration");
        try (var availability = Availability.of(page)) {
            composition.kill(killed);
            // For up to a minute Keycloak may hold the other one for not ready.
            var trouble = new Trouble(() -> composition.isReady(left));
            await().pollInterval(Duration.ofSeconds(2))
                    .atMost(LIMIT.plusSeconds(30))
                    .until(() -> {
                        assertThat(availability.longestOutage()).as(killed).isLessThan(Duration.ofSeconds(5));
                        return trouble.isOver();
                    });
        }
    }

    /** A node is held for not ready, from some moment on until another. Where that does not show, a minute is waited for it. */
    private static final class Trouble {

        private final BooleanSupplier isReady;
        private final Instant latest = Instant.now().plus(LIMIT);
        private int unready;
        private Optional<Instant> ended = Optional.empty();

        Trouble(BooleanSupplier isReady) {
            this.isReady = isReady;
        }

        /** {@return whether it is over since so long that nobody can still wait for an answer because of it} */
        boolean isOver() {
            if (!isReady.getAsBoolean()) {
                unready++;
                ended = Optional.empty();
            } else if (unready < 2) {
                // A single look can fail for reasons of its own.
                unready = 0;
            } else if (ended.isEmpty()) {
                ended = Optional.of(Instant.now());
            }
            var now = Instant.now();
            return now.isAfter(latest)
                    || ended.filter(end -> now.isAfter(end.plusSeconds(8))).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak-1", "keycloak-2", "proxy", "database", "gigya", "prometheus"})
    void a_container_runs_without_root_and_writes_nothing_but_its_data(String service) {
        var container = composition.inspect(service);

        assertThat(container.at("/HostConfig/ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(container.at("/HostConfig/CapDrop"))
                .extracting(JsonNode::asText)
                .containsExactly("ALL");
        assertThat(container.at("/HostConfig/Memory").asLong()).isPositive();
        assertThat(container.at("/HostConfig/RestartPolicy/Name").asText()).isEqualTo("unless-stopped");
        assertThat(composition.execute(service, "cat", "/proc/1/status")).doesNotContainPattern("Uid:\\s+0\\s");
    }

    @Test
    void the_proxy_shows_neither_metrics_nor_health() {
        var browser = HttpBrowser.of(composition.keycloak());

        for (var path : List.of("/metrics", "/health", "/health/ready")) {
            assertThat(browser.open(composition.keycloak().resolve(path)).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void nobody_can_pretend_to_come_from_another_address() {
        var browser = HttpBrowser.of(composition.keycloak());
        var unknown = "from-elsewhere";
        browser.once(browser.request(URI.create(composition.keycloak()
                        + "/realms/demo/protocol/openid-connect/auth?response_type=code&client_id=" + unknown))
                .header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9")
                .build());

        var password = composition.execute("gigya", "cat", "/demo/administrator-password");
        assertThat(AdminClient.withPassword(composition.keycloak(), password).events("demo"))
                .filteredOn(event -> event.path("clientId").asText().equals(unknown))
                .singleElement()
                // Nor is it the proxy's address, which would be everybody's.
                .satisfies(event ->
                        assertThat(event.path("ipAddress").asText()).isNotIn("203.0.113.9", Composition.PROXY));
    }

    @Test
    void no_password_stands_in_the_description_of_a_container() {
        var password = composition.execute("gigya", "cat", "/demo/administrator-password");

        assertThat(password).hasSizeGreaterThan(20);
        for (var service : List.of("keycloak-1", "keycloak-2", "database", "gigya")) {
            assertThat(composition.inspect(service).toString()).doesNotContain(password);
        }
    }

    private BrowserContext browserAt(String node) {
        var browser = chromium.newWindow(new Browser.NewContextOptions());
        browser.addCookies(
                List.of(new Cookie(NODE, node).setUrl(composition.keycloak().toString())));
        return browser;
    }

    private Optional<String> nodeOf(BrowserContext browser) {
        return browser.cookies(composition.keycloak().toString()).stream()
                .filter(cookie -> cookie.name.equals(NODE))
                .map(cookie -> cookie.value)
                .findFirst();
    }

    private String account() {
        return composition.keycloak() + "/realms/demo/account";
    }

    private Page signIn(BrowserContext browser) {
        var page = browser.newPage();
        page.setDefaultTimeout(30_000);
        page.navigate(account());
        page.locator("#gigya-screen-set input[name=username]")
                .fill(ada.at("/emails/verified/0").asText());
        page.locator("#gigya-screen-set input[name=password]")
                .fill(ada.path("password").asText());
        page.locator("#gigya-screen-set [data-action=login]").click();
        var profile = page.getByLabel("First name");
        // The first call of a node to Gigya may take longer than a sign-in waits, on a busy machine.
        var retry = page.locator("#gigya-retry");
        page.waitForCondition(() -> profile.isVisible() || retry.isVisible());
        if (retry.isVisible()) {
            retry.click();
            profile.waitFor();
        }
        return page;
    }

    private int signInsAt(String node) {
        var samples = prometheus.query(
                "sum(keycloak_gigya_sign_ins_total{outcome=\"success\", instance=\"" + node + ":9000\"})");
        return samples.isEmpty() ? 0 : samples.at("/0/value/1").asInt();
    }

    private static void picture(Page page, String name) {
        if (System.getProperty("screenshots") != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")));
        }
    }
}
