package io.github.keycloakgigya.federation.check;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
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

    // Codes: SAP Customer Data Cloud, "Response Codes and Errors".
    private static ConnectionFailure named(int code, GigyaException failure, String host) {
        return switch (code) {
            case 301001, 500001 -> new ConnectionFailure(ConnectionStep.API_KEY, anotherDataCenter(failure));
            case 400093, 403036 ->
                new ConnectionFailure(ConnectionStep.API_KEY, new SettingsException("gigyaCheckApiKey"));
            case 404004, 405001 ->
                new ConnectionFailure(ConnectionStep.REACHABLE, new SettingsException("gigyaCheckNotGigya", host));
            case 403002 -> new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckClock"));
            case 403003, 403010, 400008 ->
                new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckSecret"));
            case 403005, 403201 ->
                new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckUserKey"));
            case 403000, 403007, 400030 ->
                new ConnectionFailure(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckRights"));
            default ->
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
