package io.github.keycloakgigya.leaving;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.github.keycloakgigya.federation.transfer.Verdict;
import io.github.keycloakgigya.federation.transfer.Verdict.LeavingState;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the report says of a user.
 *
 * @param id in Keycloak
 * @param username in Keycloak
 * @param state a {@link LeavingState#id()}
 * @param reason the algorithm of a password, or a provider; empty text where there is neither
 * @param lastSignIn at Gigya, when a run last looked, in ISO 8601; null where that is not known
 */
public record ReportRow(
        String id,
        String username,
        String state,
        String reason,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant lastSignIn) {

    /** What of a user decides about it. */
    record Stored(
            String id,
            String username,
            boolean enabled,
            boolean released,
            Optional<LeavingMark> mark,
            Optional<String> password) {}

    // A run looked at the account some time ago. What has become of the user and its password since is newer.
    static ReportRow of(Stored user) {
        var marked = user.mark();
        var state = state(user);
        return new ReportRow(
                user.id(),
                user.username(),
                state,
                marked.map(LeavingMark::reason).orElse(""),
                marked.flatMap(LeavingMark::lastLogin).orElse(null));
    }

    private static String state(Stored user) {
        if (user.released()) {
            return LeavingState.RELEASED.id();
        }
        if (!user.enabled()) {
            return LeavingState.INACTIVE.id();
        }
        var found = user.mark().map(LeavingMark::state);
        return found.filter(state -> state == LeavingState.INACTIVE || state == LeavingState.INCOMPLETE)
                .or(() -> hasUsablePassword(user) ? Optional.of(LeavingState.READY) : found)
                .orElse(LeavingState.UNKNOWN)
                .id();
    }

    private static boolean hasUsablePassword(Stored user) {
        return Stream.of(PasswordFate.values())
                .filter(PasswordFate::isUsable)
                .map(PasswordFate::id)
                .anyMatch(fate -> user.password().filter(fate::equals).isPresent());
    }

    /**
     * What a run found out about a user, as the user keeps it for the report.
     *
     * @param state when the run looked at the account
     * @param canSignIn whether the person could have signed in without Gigya then
     * @param reason the algorithm of a password, or a provider; empty text where there is neither
     * @param lastLogin when the account's owner last signed in at Gigya; empty where Gigya did not say
     */
    record LeavingMark(LeavingState state, boolean canSignIn, String reason, Optional<Instant> lastLogin) {

        /** The user's attribute. */
        static final String ATTRIBUTE = LeavingState.MARK;

        private static final int PARTS = 4;
        private static final String YES = "yes";

        static LeavingMark of(Verdict verdict, Optional<Instant> lastLogin) {
            return new LeavingMark(verdict.state(), verdict.canSignIn(), reasonOf(verdict), lastLogin);
        }

        /**
         * {@return the algorithm or the provider, and of a provider whether the person can sign in by it in Keycloak}
         */
        static String reasonOf(Verdict verdict) {
            return verdict.state() == LeavingState.SOCIAL_ONLY
                    ? verdict.detail() + (verdict.canSignIn() ? " (linked)" : " (not linked)")
                    : verdict.detail();
        }

        String text() {
            var login =
                    lastLogin.map(time -> Long.toString(time.toEpochMilli())).orElse("-");
            return String.join(" ", state.id(), canSignIn ? YES : "no", login, reason);
        }

        /** {@return what an attribute says; empty where it says nothing that could be read} */
        static Optional<LeavingMark> parse(String text) {
            var parts = text.split(" ", PARTS);
            if (parts.length != PARTS) {
                return Optional.empty();
            }
            return LeavingState.of(parts[0])
                    .map(state -> new LeavingMark(state, YES.equals(parts[1]), parts[3], time(parts[2])));
        }

        private static Optional<Instant> time(String millis) {
            try {
                return Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)));
            } catch (NumberFormatException unknown) {
                return Optional.empty();
            }
        }
    }
}
