package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.federation.transfer.Verdict.LeavingState;
import io.github.keycloakgigya.leaving.ReportPage.ReportCounts.Age;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The report as one HTML file without script, to be kept, looked at and printed. Nothing of a person is in it. */
final class ReportPage {

    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1f2328;background:#fff}
            table{border-collapse:collapse;width:100%}th,td{padding:.4em .6em;border-bottom:1px solid #d0d7de;text-align:right}
            th[scope=row],th[rowspan]:first-child{text-align:left}th[scope=row]{font-weight:400}th[colspan]{text-align:center}.wide{overflow-x:auto}svg{width:100%;height:48px;border:1px solid #57606a}
            .ready{fill:#1a7f37}.released{fill:#0969da}.unsupported{fill:#bf8700}.socialOnly{fill:#8250df}
            .passwordless{fill:#bc4c00}.incomplete{fill:#8c959f}.inactive{fill:#424a53}.unknown{fill:#cf222e}
            .key{display:inline-block;width:1em;height:1em;border:0;vertical-align:-.15em;margin-right:.4em}
            @media print{body{margin:0}}
            """;

    private static final Map<String, String> MEANINGS = Map.of(
            "ready",
            "sign in with the same password",
            "unsupported",
            "have a password that Keycloak can't check until they type it once at its form",
            "socialOnly",
            "have no password, and sign in by another provider",
            "passwordless",
            "have neither a password nor another provider, but a phone number or a passkey",
            "incomplete",
            "have not finished their registration",
            "inactive",
            "may not sign in",
            "released",
            "have left Gigya",
            LeavingState.UNKNOWN.id(),
            "have an account that no run has met");

    private final String federation;
    private final ReportCounts counts;
    private final LeavingAnswer run;

    ReportPage(String federation, ReportCounts counts, LeavingAnswer run) {
        this.federation = federation;
        this.counts = counts;
        this.run = run;
    }

    /** {@return the policy of the page: its own style, and nothing else} */
    static String policy() {
        return "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; base-uri 'none'; form-action 'none'";
    }

    String text() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width">
                <title>Leaving Gigya: %s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>Leaving Gigya: %s</h1>
                <p>%s %s, as of %s. %s</p>
                %s
                %s
                <p>Last sign-ins are those at Gigya, as the last run found them. Accounts without a user: %d.
                Keycloak deletes the users of a federation together with it: release everybody before you remove it.</p>
                </main>
                </body>
                </html>
                """.formatted(
                        policy(),
                        escaped(federation),
                        STYLE,
                        escaped(federation),
                        counts.all(),
                        counts.all() == 1 ? "user" : "users",
                        counts.now().truncatedTo(ChronoUnit.SECONDS),
                        lastRun(),
                        bar(),
                        table(),
                        notImported());
    }

    private String lastRun() {
        return run.started() == null
                ? "There was no run yet."
                : "The run of " + run.started().truncatedTo(ChronoUnit.SECONDS) + " is " + escaped(run.status()) + ".";
    }

    private long notImported() {
        var count = run.states().get(LeavingState.NOT_IMPORTED.id());
        return count == null ? 0 : count.count();
    }

    private String bar() {
        var bar = new StringBuilder("<svg viewBox=\"0 0 1000 48\" preserveAspectRatio=\"none\" role=\"img\""
                + " aria-label=\"Users by state; the table below has the numbers\">");
        var from = 0.0;
        for (var state : counts.states()) {
            var width = 1000.0 * counts.of(state) / counts.all();
            bar.append("<rect class=\"")
                    .append(escaped(state))
                    .append("\" x=\"")
                    .append(rounded(from))
                    .append("\" y=\"0\" width=\"")
                    .append(rounded(width))
                    .append("\" height=\"48\"/>");
            from += width;
        }
        return bar.append("</svg>").toString();
    }

    private static String rounded(double number) {
        return Double.toString(Math.round(number * 100) / 100.0);
    }

    private String table() {
        // A small window scrolls the table, not the page, also by the keys of the keyboard.
        var table =
                new StringBuilder("<div class=\"wide\" role=\"region\" aria-label=\"Users by state\" tabindex=\"0\">"
                        + "<table><thead><tr><th rowspan=\"2\" scope=\"col\">State</th><th rowspan=\"2\" scope=\"col\">Users</th>"
                        + "<th colspan=\"" + Age.values().length
                        + "\" scope=\"colgroup\">Last sign-in at Gigya</th></tr><tr>");
        for (var age : Age.values()) {
            table.append("<th scope=\"col\">").append(age.label()).append("</th>");
        }
        table.append("</tr></thead><tbody>");
        for (var state : counts.states()) {
            table.append("<tr><th scope=\"row\"><svg class=\"key\" viewBox=\"0 0 1 1\"><rect class=\"")
                    .append(escaped(state))
                    .append("\" width=\"1\" height=\"1\"/></svg><b>")
                    .append(escaped(state))
                    .append("</b> ")
                    .append(escaped(MEANINGS.getOrDefault(state, "")))
                    .append("</th><td>")
                    .append(counts.of(state))
                    .append("</td>");
            for (var age : Age.values()) {
                table.append("<td>").append(counts.of(state, age)).append("</td>");
            }
            table.append("</tr>");
        }
        return table.append("</tbody></table></div>").toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String hash(String style) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** How many users are in which state, by how long ago they signed in at Gigya. */
    static final class ReportCounts {

        /** How long ago. */
        enum Age {
            MONTH("within 30 days", 30),
            QUARTER("90 days", 90),
            YEAR("1 year", 365),
            LONGER("longer ago", Integer.MAX_VALUE),
            UNKNOWN("not known", -1);

            private final String label;
            private final int days;

            Age(String label, int days) {
                this.label = label;
                this.days = days;
            }

            String label() {
                return label;
            }
        }

        private final Instant now;
        private final Map<String, Map<Age, Long>> states = new TreeMap<>();

        ReportCounts(Instant now) {
            this.now = now;
        }

        void add(ReportRow row) {
            states.computeIfAbsent(row.state(), first -> new EnumMap<>(Age.class))
                    .merge(age(row.lastSignIn()), 1L, Long::sum);
        }

        private Age age(Instant lastSignIn) {
            if (lastSignIn == null) {
                return Age.UNKNOWN;
            }
            var days = Duration.between(lastSignIn, now).toDays();
            for (var age : Age.values()) {
                if (days <= age.days) {
                    return age;
                }
            }
            return Age.LONGER;
        }

        Instant now() {
            return now;
        }

        /** {@return the states that somebody is in} */
        Iterable<String> states() {
            return states.keySet();
        }

        long of(String state) {
            return states.getOrDefault(state, Map.of()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        long of(String state, Age age) {
            return states.getOrDefault(state, Map.of()).getOrDefault(age, 0L);
        }

        long all() {
            return states.keySet().stream().mapToLong(this::of).sum();
        }
    }
}
