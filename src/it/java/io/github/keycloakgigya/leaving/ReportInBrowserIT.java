package io.github.keycloakgigya.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress.Status;
import io.github.keycloakgigya.page.Chromium;
import io.github.keycloakgigya.page.SharedChromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of the report as an administrator opens it, as a file. */
@ExtendWith(SharedChromium.class)
class ReportInBrowserIT {

    private static final Instant NOW = Instant.parse("2026-05-02T07:30:00Z");
    private static final Path PICTURE = Path.of("docs/images/leaving-report.png");
    private static final int WIDTH = 960;
    private static final int HEIGHT = 690;
    private static final Map<String, Integer> PEOPLE = Map.of(
            "ready",
            6_120,
            "released",
            2_400,
            "unsupported",
            610,
            "socialOnly",
            480,
            "passwordless",
            220,
            "incomplete",
            90,
            "inactive",
            70,
            "unknown",
            10);

    @Test
    void the_bar_has_the_colours_and_the_table_has_the_numbers(@TempDir Path folder, Chromium chromium)
            throws IOException {
        var problems = new ArrayList<String>();
        var file = Files.writeString(folder.resolve("leaving-gigya.html"), html());
        try (var window = chromium.newWindow(new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT))) {
            var page = window.newPage();
            page.onConsoleMessage(message -> problems.add(message.text()));

            page.navigate(file.toUri().toString());

            assertThat(problems).as("what the page's own policy keeps out").isEmpty();
            assertThat(page.locator("p").first().innerText()).startsWith("10000 users, ");
            var bar = page.locator("svg[role=img] rect");
            assertThat(bar.count()).isEqualTo(PEOPLE.size());
            for (var state : PEOPLE.keySet()) {
                var part = page.locator("svg[role=img] rect." + state);
                assertThat(part.evaluate("part => getComputedStyle(part).fill"))
                        .as("the colour of " + state + ", by the style that the policy lets in")
                        .isNotEqualTo("rgb(0, 0, 0)");
                assertThat(part.boundingBox().width)
                        .isCloseTo(
                                page.locator("svg[role=img]").boundingBox().width * PEOPLE.get(state) / 10_000,
                                within(3.0));
            }
            assertThat(page.locator("tbody tr").allInnerTexts())
                    .anyMatch(row -> row.startsWith("ready") && row.contains("6120"));
            picture(page);
        }
    }

    private static String html() {
        var rows = new ArrayList<ReportRow>();
        PEOPLE.forEach((state, count) -> {
            for (var person = 0; person < count; person++) {
                // Some signed in lately, and some years ago.
                var before = Duration.ofDays((long) (900 * Math.pow((double) person / count, 2)));
                rows.add(new ReportRow("%05d".formatted(rows.size()), "somebody", state, "", NOW.minus(before)));
            }
        });
        var run = new LeavingProgress(
                Status.FINISHED, NOW.minusSeconds(3_600), NOW, 20_000, 10_000, 10_000, new LeavingTally(), "");
        return LeavingReportTest.report(rows, LeavingAnswer.of(run)).html(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static void picture(Page page) {
        if (System.getProperty("screenshots") != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURE));
        }
    }
}
