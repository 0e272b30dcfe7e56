package io.github.keycloakgigya.federation.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionFailure;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator is told of a call of the test that failed. */
class ConnectionFailureTest {

    private static final String HOST = "us1.gigya.com";

    @ParameterizedTest
    @CsvSource({
        "301001, API_KEY, gigyaCheckDataCenterUnknown",
        "500001, API_KEY, gigyaCheckDataCenterUnknown",
        "400093, API_KEY, gigyaCheckApiKey",
        "403036, API_KEY, gigyaCheckApiKey",
        "404004, REACHABLE, gigyaCheckNotGigya",
        "405001, REACHABLE, gigyaCheckNotGigya",
        "403002, CREDENTIALS, gigyaCheckClock",
        "403003, CREDENTIALS, gigyaCheckSecret",
        "403010, CREDENTIALS, gigyaCheckSecret",
        "400008, CREDENTIALS, gigyaCheckSecret",
        "403005, CREDENTIALS, gigyaCheckUserKey",
        "403201, CREDENTIALS, gigyaCheckUserKey",
        "403000, CREDENTIALS, gigyaCheckRights",
        "403007, CREDENTIALS, gigyaCheckRights",
        "400030, CREDENTIALS, gigyaCheckRights",
        "400002, API_KEY, gigyaCheckRefused",
    })
    void a_refusal_names_the_setting_that_it_speaks_of(int code, ConnectionStep step, String message) {
        var failure = ConnectionFailure.of(ConnectionStep.REACHABLE, refused(code), HOST);

        assertThat(failure.step()).isEqualTo(step);
        assertThat(failure.advice().messageKey()).isEqualTo(message);
    }

    @Test
    void the_right_data_center_is_named_where_gigya_names_it() {
        var failure =
                ConnectionFailure.of(ConnectionStep.API_KEY, refused(301001).withDataCenter(DataCenter.EU1), HOST);

        assertThat(failure.advice().messageKey()).isEqualTo("gigyaCheckDataCenter");
    }

    @Test
    void a_later_call_says_nothing_against_what_an_earlier_one_has_shown_to_work() {
        var failure = ConnectionFailure.of(ConnectionStep.FIELDS, refused(400093), HOST);

        assertThat(failure.step()).isEqualTo(ConnectionStep.FIELDS);
    }

    @Test
    void a_gigya_that_is_down_or_away_says_nothing_of_the_settings() {
        var down = GigyaException.answered(FailureKind.UNAVAILABLE, "down", 500026, "id");
        var away = GigyaException.unavailable("away");

        assertThat(ConnectionFailure.of(ConnectionStep.API_KEY, down, HOST)
                        .advice()
                        .messageKey())
                .isEqualTo("gigyaCheckUnavailable");
        assertThat(ConnectionFailure.of(ConnectionStep.API_KEY, away, HOST)
                        .advice()
                        .messageKey())
                .isEqualTo("gigyaCheckUnreachable");
    }

    private static GigyaException refused(int code) {
        return GigyaException.answered(FailureKind.MISCONFIGURED, "refused", code, "id");
    }
}
