package io.github.keycloakgigya.api;

import static io.github.keycloakgigya.api.FailureKind.ACCOUNT_NOT_FOUND;
import static io.github.keycloakgigya.api.FailureKind.MISCONFIGURED;
import static io.github.keycloakgigya.api.FailureKind.PROOF_REFUSED;
import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.client.AtLocalServer;
import io.github.keycloakgigya.api.client.Behaviour;
import io.github.keycloakgigya.api.client.GigyaClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodesTest extends AtLocalServer {

    private static final GetJwtRequest JWT_REQUEST =
            new GetJwtRequest(new Uid("uid-1"), List.of(), Duration.ofSeconds(60), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "100001, UNAVAILABLE",
        "200001, UNAVAILABLE",
        "200010, STEP_REQUIRED",
        "206001, ACCOUNT_INCOMPLETE",
        "206002, ACCOUNT_INCOMPLETE",
        "206003, ACCOUNT_INCOMPLETE",
        "206004, ACCOUNT_INCOMPLETE",
        "206005, ACCOUNT_INCOMPLETE",
        "206006, ACCOUNT_INCOMPLETE",
        "301001, MISCONFIGURED",
        "400001, MISCONFIGURED",
        "400002, MISCONFIGURED",
        "400004, MISCONFIGURED",
        "400006, MISCONFIGURED",
        "400008, MISCONFIGURED",
        "400021, STEP_REQUIRED",
        "400028, ACCOUNT_INCOMPLETE",
        "400093, MISCONFIGURED",
        "400096, MISCONFIGURED",
        "400100, STEP_REQUIRED",
        "400120, MISCONFIGURED",
        "400125, UNAVAILABLE",
        "400128, PROOF_REFUSED",
        "401000, MISCONFIGURED",
        "401020, STEP_REQUIRED",
        "401021, STEP_REQUIRED",
        "401023, STEP_REQUIRED",
        "401030, WRONG_CREDENTIALS",
        "403000, MISCONFIGURED",
        "403001, UNAVAILABLE",
        "403002, MISCONFIGURED",
        "403003, MISCONFIGURED",
        "403004, UNAVAILABLE",
        "403006, MISCONFIGURED",
        "403007, MISCONFIGURED",
        "403010, MISCONFIGURED",
        "403011, UNAVAILABLE",
        "403012, UNAVAILABLE",
        "403013, ACCOUNT_INCOMPLETE",
        "403015, MISCONFIGURED",
        "403026, UNAVAILABLE",
        "403036, MISCONFIGURED",
        "403041, ACCOUNT_DISABLED",
        "403042, WRONG_CREDENTIALS",
        "403043, STEP_REQUIRED",
        "403045, MISCONFIGURED",
        "403047, WRONG_CREDENTIALS",
        "403048, UNAVAILABLE",
        "403100, STEP_REQUIRED",
        "403101, STEP_REQUIRED",
        "403102, STEP_REQUIRED",
        "403110, STEP_REQUIRED",
        "403120, ACCOUNT_LOCKED",
        "403201, MISCONFIGURED",
        "403300, MISCONFIGURED",
        "404000, UNAVAILABLE",
        "404001, UNAVAILABLE",
        "404004, MISCONFIGURED",
        "405001, MISCONFIGURED",
        "409001, STEP_REQUIRED",
        "409003, STEP_REQUIRED",
        "409030, UNAVAILABLE",
        "500000, UNAVAILABLE",
        "500001, UNAVAILABLE",
        "500002, UNAVAILABLE",
        "500026, UNAVAILABLE",
        "500028, UNAVAILABLE",
        "504001, UNAVAILABLE",
        "504002, UNAVAILABLE",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "599999, UNAVAILABLE",
        "123456789, UNAVAILABLE"
    })
    void every_code_has_its_kind_at_a_login(int code, FailureKind kind) {
        server.does(Behaviour.error(code));

        var failure = failureOf(() -> client().login(new LoginRequest("a", "b", Optional.empty())));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.errorCode()).hasValue(code);
        assertThat(failure.callId()).contains("call-1");
        assertThat(failure.getMessage()).contains("accounts.login", Integer.toString(code), "call-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {200008, 200009})
    void success_with_a_remark_is_success(int code) throws GigyaException {
        server.does(Behaviour.json("{\"errorCode\":" + code + ",\"UID\":\"uid-1\"}"));

        assertThat(client().login(new LoginRequest("a", "b", Optional.empty()))).isEqualTo(new Uid("uid-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unauthorized user", "unauthorized user "})
    void an_unauthorized_user_is_absence_where_a_uid_was_sent(String details) {
        server.does(answer(403005, details));

        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).kind()).isEqualTo(ACCOUNT_NOT_FOUND);
        assertThat(failureOf(() -> client().getAccountInfo(new Uid("uid-1"))).kind())
                .isEqualTo(ACCOUNT_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The supplied userkey was not found",
                "The supplied UserKey was not found",
                "Invalid API key",
                "Permission denied",
                "User has no permissions for this site",
                "Access denied",
                "application is disabled",
                "The partner is blocked",
                "wrong secret"
            })
    void an_unauthorized_user_is_no_absence_where_the_details_speak_of_settings(String details) {
        server.does(answer(403005, details));

        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).kind()).isEqualTo(MISCONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"User not found", "UID does not belong to this site", "Unauthorized user: site is moving"})
    void an_unauthorized_user_is_no_absence_where_the_details_were_never_seen_before(String details) {
        server.does(answer(403005, details));

        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).kind()).isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"errorDetails\":\"\"", ",\"errorDetails\":null", ",\"errorDetails\":{\"a\":1}"})
    void an_unauthorized_user_is_no_absence_without_details(String details) {
        server.does(Behaviour.json("{\"errorCode\":403005,\"errorMessage\":\"Unauthorized user\"" + details + "}"));

        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).kind()).isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {403005, 404003})
    void absence_needs_a_uid_that_was_sent(int code) {
        server.does(answer(code, "Unauthorized user"));

        assertThat(failureOf(() -> client().getJwtPublicKeys()).kind()).isEqualTo(MISCONFIGURED);
        assertThat(failureOf(() -> client().login(new LoginRequest("a", "b", Optional.empty())))
                        .kind())
                .isEqualTo(MISCONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(ints = {403005, 404003, 400004, 400006, 400009, 400128})
    void a_browsers_proof_can_be_refused_but_proves_no_absence(int code) {
        server.does(answer(code, "Unauthorized user"));
        var proof = new UidSignature(new Uid("uid-1"), "b2xk", Instant.EPOCH);

        assertThat(failureOf(() -> client().exchangeUidSignature(proof)).kind()).isEqualTo(PROOF_REFUSED);
    }

    @Test
    void an_unknown_uid_is_absence() {
        server.does(answer(404003, "whatever"));

        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).kind()).isEqualTo(ACCOUNT_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"403 Forbidden", "404 Not Found", "500 Internal Server Error"})
    void absence_is_not_believed_from_an_answer_that_gigya_does_not_give(String status) {
        server.does(Behaviour.http(status, "", "{\"errorCode\":403005,\"errorDetails\":\"Unauthorized user\"}"));

        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).kind()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void a_server_error_that_blames_the_data_center_is_a_setting() {
        server.does(answer(500001, "Datacenter is invalid"));

        assertThat(failureOf(() -> client().getJwtPublicKeys()).kind()).isEqualTo(MISCONFIGURED);
    }

    @ParameterizedTest
    @CsvSource({
        "eu1.gigya.com,      it is in eu1",
        "cn1.sapcdm.cn,      it is in cn1",
        "evil.example,       check the data center",
        "eu1.gigya.com.evil, check the data center"
    })
    void a_wrong_data_center_is_named_but_not_followed(String apiDomain, String advice) {
        server.does(Behaviour.json("""
                {"errorCode":301001,"errorMessage":"Invalid data center","apiDomain":"%s",
                 "location":"https://localhost:%d/accounts.getJWT"}""".formatted(apiDomain, server.port())));
        int before = server.requests().size();

        var failure = failureOf(() -> client().getJwt(JWT_REQUEST));

        assertThat(failure.kind()).isEqualTo(MISCONFIGURED);
        assertThat(failure).hasMessageContaining(advice).hasMessageNotContaining("evil");
        assertThat(server.requests()).hasSize(before + 1);
    }

    @Test
    void a_throttled_call_says_when_to_come_back() {
        var limit = "{\"errorCode\":403048,\"errorDetails\":\"Api rate limit exceeded\"}";

        server.does(Behaviour.http("200 OK", "Retry-After: 7\r\n", limit));
        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).retryAfter()).contains(Duration.ofSeconds(7));

        server.does(Behaviour.http("200 OK", "", limit));
        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).retryAfter()).isEmpty();
    }

    @Test
    void a_gateways_retry_after_is_kept_in_either_form_within_an_hour() {
        var now = Instant.now();
        server.does(Behaviour.http(
                "503 Service Unavailable",
                "Date: " + Behaviour.httpDate(now) + "\r\nRetry-After: " + Behaviour.httpDate(now.plusSeconds(90))
                        + "\r\n",
                "<html>"));
        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).retryAfter()).contains(Duration.ofSeconds(90));

        server.does(Behaviour.http("429 Too Many Requests", "Retry-After: 999999999\r\n", ""));
        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).retryAfter()).contains(Duration.ofHours(1));

        server.does(Behaviour.http("503 Service Unavailable", "Retry-After: soon\r\n", ""));
        assertThat(failureOf(() -> client().getJwt(JWT_REQUEST)).retryAfter()).isEmpty();
    }

    @Test
    void a_failure_quotes_nothing_that_gigya_wrote() {
        server.does(Behaviour.json("""
                {"errorCode":403042,"callId":"x\\r\\n<script>","errorMessage":"mail@x.example",
                 "errorDetails":"invalid password hunter2 of mail@x.example"}"""));

        var failure = failureOf(() -> client().login(new LoginRequest("mail@x.example", "hunter2", Optional.empty())));

        assertThat(failure.callId()).isEmpty();
        assertThat(failure.getMessage()).doesNotContain("mail@", "hunter2", "script");
    }

    private static GigyaClient client() {
        return clients.of(server.site());
    }

    private static Behaviour answer(int code, String details) {
        return Behaviour.json(
                "{\"callId\":\"call-1\",\"errorCode\":" + code + ",\"errorDetails\":\"" + details + "\"}");
    }
}
