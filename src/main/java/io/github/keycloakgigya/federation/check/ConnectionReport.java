package io.github.keycloakgigya.federation.check;

import io.github.keycloakgigya.settings.SettingsException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the test of a connection found.
 *
 * @param checks one for each step, in order
 */
public record ConnectionReport(List<Check> checks) {

    /** What became of a step. */
    public enum Status {
        OK,
        FAILED,
        SKIPPED
    }

    /**
     * One step.
     *
     * @param message what an administrator should know or do
     */
    public record Check(ConnectionStep step, Status status, Optional<SettingsException> message) {}

    public ConnectionReport {
        checks = List.copyOf(checks);
    }

    /** {@return that everything works} */
    static ConnectionReport ok() {
        return of(step -> new Check(step, Status.OK, Optional.empty()));
    }

    /** {@return that everything up to a step works, and that it does not} */
    static ConnectionReport failed(ConnectionStep failed, SettingsException message) {
        return of(step -> step == failed
                ? new Check(step, Status.FAILED, Optional.of(message))
                : new Check(step, step.compareTo(failed) < 0 ? Status.OK : Status.SKIPPED, Optional.empty()));
    }

    /** {@return that nothing was tested, because settings that a step needs can't be used} */
    public static ConnectionReport unusable(ConnectionStep failed, SettingsException message) {
        return of(step -> step == failed
                ? new Check(step, Status.FAILED, Optional.of(message))
                : new Check(step, Status.SKIPPED, Optional.empty()));
    }

    /** {@return that everything works but the last step, which could not be tried} */
    static ConnectionReport okButFields(SettingsException why) {
        return of(step -> step == ConnectionStep.FIELDS
                ? new Check(step, Status.SKIPPED, Optional.of(why))
                : new Check(step, Status.OK, Optional.empty()));
    }

    /**
     * {@return the same, with what an administrator should know although a step works}
     *
     * @param advice stands beside the step, where that works and nothing stands there
     */
    ConnectionReport advising(ConnectionStep advised, SettingsException advice) {
        return new ConnectionReport(checks.stream()
                .map(check -> check.step() == advised
                                && check.status() == Status.OK
                                && check.message().isEmpty()
                        ? new Check(advised, Status.OK, Optional.of(advice))
                        : check)
                .toList());
    }

    private static ConnectionReport of(Function<ConnectionStep, Check> check) {
        return new ConnectionReport(
                Arrays.stream(ConnectionStep.values()).map(check).toList());
    }

    /** {@return what is wrong; empty where nothing is} */
    public Optional<SettingsException> failure() {
        return checks.stream()
                .filter(check -> check.status() == Status.FAILED)
                .findFirst()
                .flatMap(Check::message);
    }

    /** What the test of a connection looks at, in order. */
    public enum ConnectionStep {
        /** Gigya's API answers at the host. */
        REACHABLE("reachable"),
        /** There is a site of this API key. */
        API_KEY("apiKey"),
        /** Calls for that site are accepted. */
        CREDENTIALS("credentials"),
        /** The mapped fields may be read. */
        FIELDS("fields");

        private final String id;

        ConnectionStep(String id) {
            this.id = id;
        }

        /** {@return the name of the check in the admin resource's answer} */
        public String id() {
            return id;
        }

        /** {@return the later of the two} */
        ConnectionStep orLater(ConnectionStep other) {
            return compareTo(other) < 0 ? other : this;
        }
    }
}
