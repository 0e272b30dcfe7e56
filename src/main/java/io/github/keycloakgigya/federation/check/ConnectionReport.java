package io.github.keycloakgigya.federation.check;

import io.github.keycloakgigya.api.ErrorCodes;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionStep;
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

    /**
     * What an administrator can do about a call of the test that failed.
     *
     * @param step what it shows to be wrong
     * @param advice what to do; never a word of Gigya's
     */
    record ConnectionFailure(ConnectionStep step, SettingsException advice) {

        /**
         * {@return what a failed call says}
         *
         * @param tried the first step that the call would have shown to work
         * @param host what was called
         */
        static ConnectionFailure of(ConnectionStep tried, GigyaException failure, String host) {
            if (failure.errorCode().isEmpty()) {
                return new ConnectionFailure(tried, new SettingsException("gigyaCheckUnreachable", host));
            }
            int code = failure.errorCode().getAsInt();
            if (failure.kind() == FailureKind.UNAVAILABLE) {
                return new ConnectionFailure(
                        tried, new SettingsException("gigyaCheckUnavailable", Integer.toString(code)));
            }
            var named = named(code, failure, host);
            return new ConnectionFailure(tried.orLater(named.step()), named.advice());
        }

        private static ConnectionFailure named(int code, GigyaException failure, String host) {
            return switch (ErrorCodes.wrongSetting(code)) {
                case DATA_CENTER -> new ConnectionFailure(ConnectionStep.API_KEY, anotherDataCenter(failure));
                case API_KEY ->
                    new ConnectionFailure(ConnectionStep.API_KEY, new SettingsException("gigyaCheckApiKey"));
                case API_DOMAIN ->
                    new ConnectionFailure(ConnectionStep.REACHABLE, new SettingsException("gigyaCheckNotGigya", host));
                case CLOCK ->
                    new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckClock"));
                case SECRET ->
                    new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckSecret"));
                case USER_KEY ->
                    new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckUserKey"));
                case RIGHTS ->
                    new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckRights"));
                case UNKNOWN ->
                    new ConnectionFailure(
                            ConnectionStep.API_KEY, new SettingsException("gigyaCheckRefused", Integer.toString(code)));
            };
        }

        private static SettingsException anotherDataCenter(GigyaException failure) {
            return failure.suggestedDataCenter()
                    .map(dataCenter -> new SettingsException("gigyaCheckDataCenter", dataCenter.id()))
                    .orElseGet(() -> new SettingsException("gigyaCheckDataCenterUnknown"));
        }
    }
}
