package io.github.keycloakgigya.federation.check;

import io.github.keycloakgigya.api.ErrorCodes;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionStep;
import io.github.keycloakgigya.settings.SettingsException;

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
            return new ConnectionFailure(tried, new SettingsException("gigyaCheckUnavailable", Integer.toString(code)));
        }
        var named = named(code, failure, host);
        return new ConnectionFailure(tried.orLater(named.step()), named.advice());
    }

    private static ConnectionFailure named(int code, GigyaException failure, String host) {
        return switch (ErrorCodes.wrongSetting(code)) {
            case DATA_CENTER -> new ConnectionFailure(ConnectionStep.API_KEY, anotherDataCenter(failure));
            case API_KEY -> new ConnectionFailure(ConnectionStep.API_KEY, new SettingsException("gigyaCheckApiKey"));
            case API_DOMAIN ->
                new ConnectionFailure(ConnectionStep.REACHABLE, new SettingsException("gigyaCheckNotGigya", host));
            case CLOCK -> new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckClock"));
            case SECRET -> new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckSecret"));
            case USER_KEY ->
                new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckUserKey"));
            case RIGHTS -> new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckRights"));
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
