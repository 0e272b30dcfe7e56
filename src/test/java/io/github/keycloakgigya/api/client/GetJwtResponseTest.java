package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.FailureKind.ACCOUNT_NOT_FOUND;
import static io.github.keycloakgigya.api.FailureKind.MISCONFIGURED;
import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The response, row by row of the vendor's reference of accounts.getJWT: what is made of each field and error. */
class GetJwtResponseTest extends AtLocalServer {

    private static final String PERSONAL = "maria@example.com";

    @Test
    @DisplayName("Response Example")
    void the_example_of_the_reference_is_understood() throws GigyaException {
        var answer = answerTo("""
                {"callId": "1b0f125b7b904a2582340cfa89922ade", "errorCode": 0, "apiVersion": 2, "statusCode": 200,
                 "statusReason": "OK", "time": "2016-12-18T11:23:36.315Z", "ignoredFields": "", "id_token": "a.b.c"}""");

        assertThat(answer.idToken()).isEqualTo("a.b.c");
        assertThat(answer.ignoredFields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"id_token\":\"\"", ",\"id_token\":null", ",\"id_token\":7", ",\"id_token\":{}"})
    @DisplayName("id_token: The returned JWT containing the user's data.")
    void success_without_a_token_is_none(String member) {
        assertThat(failureTo("{\"errorCode\":0,\"callId\":\"call-1\"" + member + "}")
                        .kind())
                .isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"data.x|data.x", "data.x,profile.y|data.x,profile.y", "'data.x, data.y'|data.x,data.y"})
    @DisplayName("ignoredFields: If any fields that were passed do not exist, they will be ignored and listed here.")
    void fields_that_do_not_exist_are_no_failure(String ignored, String expected) throws GigyaException {
        assertThat(answerTo("{\"errorCode\":0,\"id_token\":\"a.b.c\",\"ignoredFields\":\"" + ignored + "\"}")
                        .ignoredFields())
                .containsExactlyInAnyOrder(expected.split(","));
    }

    @Test
    @DisplayName("statusCode: The HTTP response code of the operation. Code '200' indicates success.")
    void another_status_code_is_a_failure_even_with_a_token() {
        assertThat(failureTo("{\"statusCode\":403,\"id_token\":\"a.b.c\"}").kind())
                .isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"206", "401", "403", "404", "500"})
    @DisplayName("httpStatusCodes: If set to true, the HTTP status code would reflect an error, if one occurred.")
    void an_error_under_its_own_http_status_is_understood_though_not_asked_for(String status) {
        server.does(Behaviour.http(status + " Status", "", "{\"errorCode\":403120,\"callId\":\"call-1\"}"));
        var failure = failureOf(GetJwtResponseTest::ask);

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCOUNT_LOCKED);
        assertThat(failure.errorCode()).hasValue(403120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"206", "403", "500"})
    void that_an_account_is_disabled_or_gone_counts_under_status_200_only(String status) {
        for (int code : List.of(403041, 403005)) {
            server.does(Behaviour.http(status + " Status", "", "{\"errorCode\":" + code + "}"));

            assertThat(failureOf(GetJwtResponseTest::ask).kind()).isEqualTo(UNAVAILABLE);
        }
    }

    @Test
    @DisplayName("errorCode: The result code of the operation. Code '0' indicates success, any other number failure.")
    void any_other_code_is_a_failure_even_with_a_token() {
        for (var code : List.of("1", "500001", "987654", "2147483647")) {
            assertThat(failureTo("{\"errorCode\":" + code + ",\"statusCode\":200,\"id_token\":\"a.b.c\"}")
                            .errorCode())
                    .hasValue(Integer.parseInt(code));
        }
        for (var noCode : List.of("-1", "\"0\"", "0.0", "null", "true", "99999999999")) {
            assertThat(failureTo("{\"errorCode\":" + noCode + ",\"id_token\":\"a.b.c\"}")
                            .kind())
                    .isEqualTo(UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"OK\"", "\"Forbidden\"", "\"\"", "7"})
    @DisplayName("statusReason: A brief explanation of the status code.")
    void the_status_reason_decides_nothing(String reason) throws GigyaException {
        assertThat(answerTo("{\"errorCode\":0,\"id_token\":\"a.b.c\",\"statusReason\":" + reason + "}")
                        .idToken())
                .isEqualTo("a.b.c");
    }

    @Test
    @DisplayName("errorMessage: A short textual description of an error, associated with the errorCode, for logging.")
    void the_error_message_is_not_passed_on() {
        var failure = failureTo(
                "{\"errorCode\":403005,\"errorDetails\":\"Unauthorized user\",\"errorMessage\":\"Unauthorized "
                        + PERSONAL + "\"}");

        assertThat(failure.kind()).isEqualTo(ACCOUNT_NOT_FOUND);
        assertThat(failure).hasMessageContaining("no such account").hasMessageNotContaining(PERSONAL);
        assertThat(failureTo("{\"errorMessage\":\"Failed\",\"id_token\":\"a.b.c\"}")
                        .kind())
                .as("it appears only in case of an error")
                .isEqualTo(UNAVAILABLE);
    }

    @Test
    @DisplayName("errorDetails: appears only in case of an error and will contain the exception info, if available.")
    void the_details_tell_a_missing_account_from_a_wrong_key_and_are_not_passed_on() {
        assertThat(failureTo("{\"errorCode\":403005,\"errorDetails\":\"Unauthorized user\"}")
                        .kind())
                .isEqualTo(ACCOUNT_NOT_FOUND);
        var talkative = failureTo("{\"errorCode\":403005,\"errorDetails\":\"Unauthorized user " + PERSONAL + "\"}");
        assertThat(talkative).hasMessageNotContaining(PERSONAL);

        assertThat(failureTo("{\"errorCode\":403005,\"errorDetails\":\"The supplied userkey was not found\"}")
                        .kind())
                .isEqualTo(MISCONFIGURED);
        assertThat(failureTo("{\"errorCode\":403005}").kind())
                .as("without details nothing is proven")
                .isEqualTo(UNAVAILABLE);
        assertThat(failureTo("{\"errorDetails\":\"x\",\"id_token\":\"a.b.c\"}").kind())
                .isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"accounts.getJWT\"", "\"\"", "{\"a\":[1]}"})
    @DisplayName("fullEventName: The full name of the event. Internally used and not always returned.")
    void the_event_name_decides_nothing(String name) throws GigyaException {
        assertThat(answerTo("{\"errorCode\":0,\"id_token\":\"a.b.c\",\"fullEventName\":" + name + "}")
                        .idToken())
                .isEqualTo("a.b.c");
    }

    @Test
    @DisplayName("callId: Unique identifier of the transaction, for debugging purposes.")
    void the_call_id_of_a_failure_is_kept_where_it_is_one() {
        assertThat(failureTo("{\"errorCode\":500001,\"callId\":\"1b0f125b7b904a2582340cfa89922ade\"}")
                        .callId())
                .contains("1b0f125b7b904a2582340cfa89922ade");
        for (var other : List.of("\"\"", "7", "\"" + PERSONAL + "\"", "\"" + "a".repeat(65) + "\"", "\"a\\nb\"")) {
            assertThat(failureTo("{\"errorCode\":500001,\"callId\":" + other + "}")
                            .callId())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2016-12-18T11:23:36.315Z\"", "\"2016-12-18T11:23:36+02:00\"", "\"yesterday\"", "7"})
    @DisplayName("time: The time of the response represented in ISO 8601 format.")
    void the_time_decides_nothing(String time) throws GigyaException {
        assertThat(answerTo("{\"errorCode\":0,\"id_token\":\"a.b.c\",\"time\":" + time + "}")
                        .idToken())
                .isEqualTo("a.b.c");
    }

    @Test
    @DisplayName("A field that does not contain data will not appear in the response.")
    void fields_without_data_may_be_absent() throws GigyaException {
        assertThat(answerTo("{\"errorCode\":0,\"id_token\":\"a.b.c\"}").ignoredFields())
                .isEmpty();
        assertThat(failureTo("{\"errorCode\":403048}").kind()).isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "206001, ACCOUNT_INCOMPLETE",
        "206002, ACCOUNT_INCOMPLETE",
        "206005, ACCOUNT_INCOMPLETE",
        "301001, MISCONFIGURED",
        "400001, MISCONFIGURED",
        "400002, MISCONFIGURED",
        "400004, MISCONFIGURED",
        "400006, MISCONFIGURED",
        "400008, MISCONFIGURED",
        "400093, MISCONFIGURED",
        "400096, MISCONFIGURED",
        "403000, MISCONFIGURED",
        "403001, UNAVAILABLE",
        "403002, MISCONFIGURED",
        "403003, MISCONFIGURED",
        "403004, UNAVAILABLE",
        "403006, MISCONFIGURED",
        "403007, MISCONFIGURED",
        "403010, MISCONFIGURED",
        "403013, ACCOUNT_INCOMPLETE",
        "403015, MISCONFIGURED",
        "403036, MISCONFIGURED",
        "403041, ACCOUNT_DISABLED",
        "403045, MISCONFIGURED",
        "403048, UNAVAILABLE",
        "403110, STEP_REQUIRED",
        "403120, ACCOUNT_LOCKED",
        "404000, UNAVAILABLE",
        "404003, ACCOUNT_NOT_FOUND",
        "404004, MISCONFIGURED",
        "405001, MISCONFIGURED",
        "500000, UNAVAILABLE",
        "500001, UNAVAILABLE",
        "500028, UNAVAILABLE",
        "504001, UNAVAILABLE",
        "504002, UNAVAILABLE",
        "599999, UNAVAILABLE"
    })
    @DisplayName("For a complete list of error codes, see the Error Codes table.")
    void each_error_has_its_kind_and_keeps_code_and_call(int code, FailureKind kind) {
        var failure =
                failureTo("{\"errorCode\":" + code + ",\"callId\":\"call-1\",\"errorDetails\":\"" + PERSONAL + "\"}");

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.errorCode()).hasValue(code);
        assertThat(failure.callId()).contains("call-1");
        assertThat(failure).hasMessageContaining(Integer.toString(code)).hasMessageNotContaining(PERSONAL);
    }

    private static JwtAnswer answerTo(String json) throws GigyaException {
        server.does(Behaviour.json(json));
        return ask();
    }

    private static GigyaException failureTo(String json) {
        server.does(Behaviour.json(json));
        return failureOf(GetJwtResponseTest::ask);
    }

    private static JwtAnswer ask() throws GigyaException {
        return clients.of(server.site())
                .getJwt(new GetJwtRequest(
                        new Uid("uid-1"), List.of("data.x"), Duration.ofSeconds(60), Optional.empty()));
    }
}
