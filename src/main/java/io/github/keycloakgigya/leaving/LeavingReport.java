package io.github.keycloakgigya.leaving;

import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.federation.transfer.Verdict.LeavingState;
import io.github.keycloakgigya.leaving.ReportPage.ReportCounts;
import io.github.keycloakgigya.settings.SettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What has become of the users of a federation, and of those who have left it. Reads users in transactions of its own. */
public final class LeavingReport {

    /** The most users of one page. */
    public static final int MOST = 1000;

    private final Rows rows;
    private final String federation;
    private final LeavingAnswer run;

    /** Users in the order of their ids. */
    interface Rows {
        /** {@return users behind an id} */
        List<ReportRow> after(String id, int most);
    }

    /**
     * A page of users.
     *
     * @param next what to ask for as {@code after} to get the following page; null after the last
     */
    public record Page(List<ReportRow> users, String next) {}

    LeavingReport(Rows rows, String federation, LeavingAnswer run) {
        this.rows = rows;
        this.federation = federation;
        this.run = run;
    }

    /**
     * {@return the report of a federation}
     *
     * @param run what the last run found
     * @throws SettingsException where a setting can't be used
     */
    public static LeavingReport of(
            KeycloakSession session, RealmModel realm, ComponentModel component, LeavingAnswer run)
            throws SettingsException {
        var settings = StorageSettings.of(session, component);
        var sessions = session.getKeycloakSessionFactory();
        return new LeavingReport(
                (id, most) -> Federation.inTransaction(
                        sessions,
                        realm.getId(),
                        component.getId(),
                        settings,
                        own -> new JpaReportRows(own).after(id, most)),
                component.getName(),
                run);
    }

    /**
     * {@return a page of users}
     *
     * @param state only users in this state; empty for all
     * @param after only users behind this id; empty text for the first
     * @param most how many at most, up to {@link #MOST}
     */
    public Page page(Optional<String> state, String after, int most) {
        var found = new ArrayList<ReportRow>();
        var last = after;
        while (true) {
            var some = rows.after(last, MOST);
            for (var row : some) {
                if (state.isEmpty() || state.get().equals(row.state())) {
                    found.add(row);
                }
                last = row.id();
                if (found.size() == most) {
                    return new Page(found, last);
                }
            }
            if (some.size() < MOST) {
                return new Page(found, null);
            }
        }
    }

    /** {@return the ids of users in a state} The parameters are those of {@link #page}. */
    public List<String> ids(String state, String after, int most) {
        return page(Optional.of(state), after, most).users().stream()
                .map(ReportRow::id)
                .toList();
    }

    /** {@return whether users can be in a state} */
    public static boolean knows(String state) {
        return Stream.of(LeavingState.values())
                .filter(known -> known != LeavingState.NOT_IMPORTED)
                .anyMatch(known -> known.id().equals(state));
    }

    /** Writes all users, or those in a state, as {@code text/csv}, a page at a time. */
    public void csv(Optional<String> state, OutputStream out) throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(Csv.line("id", "username", "state", "reason", "lastSignIn"));
        var last = "";
        while (last != null) {
            var page = page(state, last, MOST);
            for (var row : page.users()) {
                var lastSignIn =
                        row.lastSignIn() == null ? "" : row.lastSignIn().toString();
                text.write(Csv.line(row.id(), row.username(), row.state(), row.reason(), lastSignIn));
            }
            last = page.next();
        }
        text.flush();
    }

    /** {@return a page to look at and to print, which holds nobody's name} */
    public String html(Clock clock) {
        var counts = new ReportCounts(clock.instant());
        var last = "";
        while (last != null) {
            var page = page(Optional.empty(), last, MOST);
            page.users().forEach(counts::add);
            last = page.next();
        }
        return new ReportPage(federation, counts, run).text();
    }

    /** {@return the Content-Security-Policy of {@link #html}: its own style, and nothing else} */
    public static String policyOfHtml() {
        return ReportPage.policy();
    }

    /** Writes lines of RFC 4180 that no spreadsheet takes for formulas. */
    static final class Csv {

        // What begins so is a formula to one spreadsheet or another; the last four are full-width, as in Japanese.
        private static final String FORMULAS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

        private Csv() {}

        static String line(String... values) {
            return Stream.of(values).map(Csv::value).collect(Collectors.joining(",")) + "\r\n";
        }

        private static String value(String text) {
            var harmless = text.isEmpty() || FORMULAS.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
            return "\"" + harmless.replace("\"", "\"\"") + "\"";
        }
    }
}
