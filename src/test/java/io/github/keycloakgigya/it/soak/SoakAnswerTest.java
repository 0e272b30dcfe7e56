package io.github.keycloakgigya.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.soak.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakAnswerTest {

    @ParameterizedTest
    @CsvSource({
        "200, a page with a form, STRANGE",
        "400, {\"error\":\"invalid_grant\"}, STRANGE",
        "400, {\"error_description\":\"gigya_unavailable: later\"}, UNAVAILABLE",
        "503, {\"error\":\"temporarily_unavailable\"}, UNAVAILABLE",
        "200, <p>The sign-in service cannot be reached at the moment.</p>, UNAVAILABLE",
        "503, '', NO_ANSWER",
        "502, '', NO_ANSWER",
        "500, {\"error\":\"temporarily_unavailable\"}, SERVER_ERROR",
    })
    void who_may_come_in_and_is_not_in_has_met_something(int status, String body, Ending ending) {
        assertThat(SoakAnswer.ofInvited(false, page(status, body)).ending()).isEqualTo(ending);
        assertThat(SoakAnswer.ofInvited(true, page(status, body)).ending()).isEqualTo(Ending.RIGHT);
    }

    @ParameterizedTest
    @CsvSource({"400, RIGHT", "401, RIGHT", "200, RIGHT", "500, SERVER_ERROR", "503, NO_ANSWER"})
    void who_may_not_come_in_has_to_be_refused(int status, Ending ending) {
        assertThat(SoakAnswer.ofIntruder(false, page(status, "Wrong")).ending()).isEqualTo(ending);
        assertThat(SoakAnswer.ofIntruder(true, page(status, "Wrong")).ending()).isEqualTo(Ending.INTRUSION);
    }

    @Test
    void a_connection_that_was_cut_is_no_answer_and_an_error_of_the_harness_is_strange() {
        assertThat(SoakAnswer.ofThrown(new UncheckedIOException(new IOException("reset")))
                        .ending())
                .isEqualTo(Ending.NO_ANSWER);
        assertThat(SoakAnswer.ofThrown(new AssertionError("The administrator got no token: 503 "))
                        .ending())
                .isEqualTo(Ending.NO_ANSWER);
        assertThat(SoakAnswer.ofThrown(new AssertionError("No form")).ending()).isEqualTo(Ending.STRANGE);
    }

    private static Page page(int status, String body) {
        return new Page(URI.create("http://localhost/"), status, HttpHeaders.of(Map.of(), (name, value) -> true), body);
    }
}
