package io.github.keycloakgigya.leaving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.federation.transfer.Verdict.LeavingState;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress;
import io.github.keycloakgigya.leaving.ReportRow.LeavingMark;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeavingReportTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final LeavingAnswer NO_RUN = LeavingAnswer.of(LeavingProgress.NONE);

    @ParameterizedTest
    @CsvSource({
        "true, false, ready, transferred, ready",
        "true, false, unsupported, unsupported, unsupported",
        "true, false, unsupported, captured, ready",
        "true, false, socialOnly, rehashed, ready",
        "true, false, incomplete, captured, incomplete",
        "true, false, inactive, none, inactive",
        "false, false, ready, transferred, inactive",
        "true, true, ready, transferred, released",
        "false, true, '', none, released",
        "true, false, '', captured, ready",
        "true, false, '', none, unknown"
    })
    void what_became_of_a_user_since_the_run_is_newer_than_the_run(
            boolean enabled, boolean released, String marked, String password, String state) {
        var mark = List.of(LeavingState.values()).stream()
                .filter(known -> known.id().equals(marked))
                .findFirst()
                .map(known -> new LeavingMark(known, false, "pbkdf2", Optional.of(NOW)));

        var row = ReportRow.of(new ReportRow.Stored("1", "ann", enabled, released, mark, Optional.of(password)));

        assertThat(row.state()).isEqualTo(state);
    }

    @Test
    void a_mark_is_the_same_after_it_was_stored() {
        var mark = new LeavingMark(LeavingState.SOCIAL_ONLY, true, "face book (linked)", Optional.of(NOW));
        var silent = new LeavingMark(LeavingState.PASSWORDLESS, false, "", Optional.empty());

        assertThat(LeavingMark.parse(mark.text())).contains(mark);
        assertThat(LeavingMark.parse(silent.text())).contains(silent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ready", "ready yes", "away yes 1 x", "x"})
    void what_is_no_mark_says_nothing(String text) {
        assertThat(LeavingMark.parse(text)).isEmpty();
    }

    @Test
    void pages_follow_each_other_and_hold_a_state_alone_where_that_is_asked_for() {
        var report = report(users(2500));
        var seen = new ArrayList<String>();
        for (var after = ""; after != null; ) {
            var page = report.page(Optional.of("unsupported"), after, 400);
            page.users().forEach(row -> seen.add(row.id()));
            after = page.next();
        }

        assertThat(seen).hasSize(1250).doesNotHaveDuplicates();
        assertThat(report.page(Optional.empty(), "", 10).users()).hasSize(10);
        assertThat(report.ids("ready", "002497", 10)).containsExactly("002498");
        assertThat(report.page(Optional.of("released"), "", 10).next()).isNull();
    }

    @Test
    void a_spreadsheet_takes_nothing_for_a_formula() throws Exception {
        var names = List.of(
                "=cmd|' /C calc'!A0",
                "+1",
                "-1",
                "@sum",
                "\ttab",
                "\uFF1D2",
                "\uFF0B2",
                "\uFF0D2",
                "\uFF202",
                "a\"b,c\nd",
                "ann");
        var rows = IntStream.range(0, names.size())
                .mapToObj(i -> new ReportRow("id" + i, names.get(i), "ready", "=1", NOW))
                .toList();

        var csv = csv(rows);

        assertThat(csv).startsWith("\"id\",\"username\",\"state\",\"reason\",\"lastSignIn\"\r\n");
        assertThat(csv).contains("\"'=cmd|' /C calc'!A0\"", "\"'+1\"", "\"'-1\"", "\"'@sum\"", "\"'\ttab\"");
        assertThat(csv).contains("\"'\uFF1D2\"", "\"'\uFF0B2\"", "\"'\uFF0D2\"", "\"'\uFF202\"");
        assertThat(csv).contains("\"a\"\"b,c\nd\"", "\"ann\"", "\"'=1\"", "\"2026-01-01T00:00:00Z\"");
    }

    @Test
    void all_users_are_in_the_file() throws Exception {
        assertThat(csv(users(2500)).lines()).hasSize(2501);
    }

    @Test
    void the_page_shows_counts_by_last_sign_in_and_nobody() {
        var rows = List.of(
                new ReportRow("1", "ann@example.com", "ready", "pbkdf2", NOW.minusSeconds(60)),
                new ReportRow("2", "ben@example.com", "ready", "pbkdf2", NOW.minusSeconds(86_400 * 100)),
                new ReportRow("3", "cyd@example.com", "unknown", "", null));

        var page = report(rows).html(CLOCK);

        assertThat(page)
                .contains("3 users, as of")
                .contains("<b>ready</b>")
                .contains("<td>2</td><td>1</td><td>0</td><td>1</td><td>0</td><td>0</td>")
                .contains("<td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td>")
                .doesNotContain("example.com");
    }

    @Test
    void the_page_runs_nothing_whatever_names_hold() {
        var rows = List.of(new ReportRow("1", "a", "ready", "<script>alert(1)</script>", NOW));

        var page = new LeavingReport(
                        (id, most) -> id.isEmpty() ? rows : List.of(), "<img src=x onerror=alert(1)>", NO_RUN)
                .html(CLOCK);

        assertThat(page).doesNotContain("<script", "<img").contains("&lt;img src=x onerror=alert(1)&gt;");
        assertThat(LeavingReport.policyOfHtml())
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(page).contains(LeavingReport.policyOfHtml()).contains("1 user, as of");
    }

    @Test
    void a_report_of_nobody_is_a_page_as_well() {
        assertThat(report(List.of()).html(CLOCK)).contains("0 users").contains("There was no run yet.");
    }

    private static String csv(List<ReportRow> rows) throws Exception {
        var out = new ByteArrayOutputStream();
        report(rows).csv(Optional.empty(), out);
        return out.toString(UTF_8);
    }

    private static LeavingReport report(List<ReportRow> rows) {
        return report(rows, NO_RUN);
    }

    static LeavingReport report(List<ReportRow> rows, LeavingAnswer run) {
        return new LeavingReport(
                (id, most) -> rows.stream()
                        .filter(row -> row.id().compareTo(id) > 0)
                        .limit(most)
                        .toList(),
                "gigya",
                run);
    }

    private static List<ReportRow> users(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new ReportRow("%06d".formatted(i), "user" + i, i % 2 == 0 ? "ready" : "unsupported", "", null))
                .toList();
    }
}
