package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.http.HttpVersion;
import org.apache.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {

    @ParameterizedTest
    @CsvSource({"200, true, false", "299, false, false", "300, false, true", "399, false, true", "400, false, false"})
    void a_status_is_an_answer_a_redirect_or_a_failure(int status, boolean ok, boolean redirect) {
        var reply = Reply.of(new BasicHttpResponse(HttpVersion.HTTP_1_1, status, null), new byte[0]);

        assertThat(reply.isOk()).isEqualTo(ok);
        assertThat(reply.isRedirect()).isEqualTo(redirect);
    }

    // RFC 9110, section 10.2.3
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "1, PT1S",
                "3600, PT1H",
                "3601, PT1H",
                "0, none",
                "'Mon, 02 Nov 2026 08:00:01 GMT', PT1S",
                "'Mon, 02 Nov 2026 08:00:00 GMT', none",
                "'Mon, 02 Nov 2026 07:59:59 GMT', none",
                "-1, none",
                "9999999999, none",
                "soon, none"
            })
    void a_wait_is_between_now_and_an_hour(String retryAfter, Duration wait) {
        var response = new BasicHttpResponse(HttpVersion.HTTP_1_1, 503, null);
        response.setHeader("Date", "Mon, 02 Nov 2026 08:00:00 GMT");
        response.setHeader("Retry-After", retryAfter);

        assertThat(Reply.of(response, new byte[0]).retryAfter()).isEqualTo(Optional.ofNullable(wait));
    }

    @Test
    void a_text_for_logs_does_not_show_the_body() {
        var reply = Reply.of(
                new BasicHttpResponse(HttpVersion.HTTP_1_1, 200, null), "secret".getBytes(StandardCharsets.UTF_8));

        assertThat(reply).hasToString("Reply[status=200]");
    }
}
