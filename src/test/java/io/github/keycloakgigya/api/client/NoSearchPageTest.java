package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.SearchQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Gigya, or whoever answers in its place, may send instead of a page: a failure, and never "nobody is there". */
class NoSearchPageTest extends AtLocalServer {

    private static final String ENVELOPE =
            "{\"callId\":\"call-1\",\"errorCode\":0,\"time\":\"2026-03-01T12:00:00.250Z\",";

    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "{}", "[\"cursor\"]"})
    void a_cursor_of_another_type_is_no_end_but_a_failure(String cursor) {
        assertUnavailable(ENVELOPE + "\"nextCursorId\":" + cursor + ",\"results\":[],\"totalCount\":0}");
    }

    static List<String> noPages() {
        return List.of(
                ENVELOPE + "\"totalCount\":0}",
                ENVELOPE + "\"results\":null,\"totalCount\":0}",
                ENVELOPE + "\"results\":{},\"totalCount\":0}",
                ENVELOPE + "\"results\":{\"0\":{\"UID\":\"u\"}},\"totalCount\":1}",
                ENVELOPE + "\"results\":\"\",\"totalCount\":0}",
                ENVELOPE + "\"results\":[]}",
                ENVELOPE + "\"results\":[],\"totalCount\":null}",
                ENVELOPE + "\"results\":[],\"totalCount\":\"5\"}",
                ENVELOPE + "\"results\":[],\"totalCount\":-1}",
                ENVELOPE + "\"results\":[],\"totalCount\":1.5}",
                ENVELOPE + "\"results\":[],\"totalCount\":1e999999999}",
                ENVELOPE + "\"results\":[],\"totalCount\":1e99999999999}",
                ENVELOPE + "\"results\":[],\"totalCount\":9223372036854775808}",
                ENVELOPE + "\"results\":[],\"totalCount\":0,\"totalCount\":1}",
                ENVELOPE + "\"results\":[],\"results\":[{\"UID\":\"u\"}],\"totalCount\":0}",
                ENVELOPE + "\"results\":[{\"UID\":\"u\",\"UID\":\"v\"}],\"totalCount\":1}",
                ENVELOPE + "\"results\":[{\"UID\":\"u\",\"data\":{\"a\":{\"b\":1,\"b\":2}}}],\"totalCount\":1}",
                ENVELOPE + "\"results\":[{\"UID\":\"u\",\"data\":{\"x\":NaN}}],\"totalCount\":1}",
                ENVELOPE + "\"results\":[{\"UID\":\"u\",\"data\":{\"x\":" + "9".repeat(5000) + "}}],\"totalCount\":1}",
                ENVELOPE + "\"results\":[],\"totalCount\":0}{}",
                ENVELOPE + "\"results\":[],\"totalCount\":0",
                "{\"errorCode\":0,\"results\":[],\"totalCount\":0}",
                "{\"errorCode\":0,\"time\":\"today\",\"results\":[],\"totalCount\":0}",
                "{\"errorCode\":0,\"time\":1604997062,\"results\":[],\"totalCount\":0}",
                "{\"errorCode\":0,\"time\":\"-1000000000-01-01T00:00:00Z\",\"results\":[],\"totalCount\":0}",
                "{\"errorCode\":0,\"time\":\"+1000000000-12-31T00:00:00Z\",\"results\":[],\"totalCount\":0}",
                "{\"time\":\"2026-03-01T12:00:00Z\",\"statusCode\":500,\"results\":[],\"totalCount\":0}",
                "[]");
    }

    @ParameterizedTest
    @MethodSource("noPages")
    void an_answer_of_another_shape_is_no_page(String json) {
        assertUnavailable(json);
    }

    @Test
    void a_number_beyond_all_numbers_is_a_failure_wherever_it_stands() {
        for (var number : List.of("1e99999999999", "1e2147483648", "1e-2147483648")) {
            assertUnavailable(
                    ENVELOPE + "\"results\":[{\"UID\":\"u\",\"data\":{\"x\":" + number + "}}],\"totalCount\":1}");
            assertUnavailable("{\"errorCode\":" + number + "}");
        }
    }

    private static void assertUnavailable(String json) {
        server.does(Behaviour.json(json));
        var query = new SearchQuery(Set.of(), Optional.empty(), Optional.empty(), 0, 1);
        assertThat(failureOf(() -> clients.of(server.site()).search(query)).kind())
                .isEqualTo(UNAVAILABLE);
        assertThat(failureOf(() -> clients.of(server.site()).nextPage("c")).kind())
                .isEqualTo(UNAVAILABLE);
    }
}
