package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.FailureKind.MISCONFIGURED;
import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.ErrorCodes;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search sends, and what becomes of it where Gigya refuses. */
class SearchCallTest extends AtLocalServer {

    private static final String NOTHING = """
            {"errorCode":0,"time":"2026-03-01T12:00:00Z","results":[],"objectsCount":0,"totalCount":0}""";
    private static final SearchQuery QUERY = new SearchQuery(
            Set.of("profile.lastName"),
            SearchCondition.isText("profile.email", "o'hara+ä&b=c;😀@x.example"),
            Optional.empty(),
            0,
            20);
    private static final String TEXT =
            "SELECT UID, isActive, isRegistered, emails, loginIDs, lastUpdatedTimestamp, profile.lastName "
                    + "FROM accounts WHERE profile.email = \"o'hara+ä&b=c;😀@x.example\" LIMIT 20";

    private final GigyaClient client = clients.of(server.site());

    @BeforeEach
    void find_nobody() {
        server.does(Behaviour.json(NOTHING));
    }

    @Test
    void a_search_sends_its_query_character_by_character_and_opens_no_cursor() throws GigyaException {
        assertThat(client.search(QUERY).accounts()).isEmpty();

        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.search HTTP/1.1");
        assertThat(server.onlyRequest().form())
                .containsEntry("query", TEXT)
                .containsEntry("apiKey", "3_site-key")
                .containsKey("sig")
                .doesNotContainKeys("openCursor", "cursorId", "restrictedQuery", "accountTypes");
    }

    @Test
    void a_cursor_is_opened_beside_the_query() throws GigyaException {
        assertThat(client.openCursor(QUERY).accounts()).isEmpty();

        assertThat(server.onlyRequest().form())
                .containsEntry("query", TEXT)
                .containsEntry("openCursor", "true")
                .doesNotContainKey("cursorId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MT03YWI3ZDJk", "a+b/c==", "x\"&query=SELECT * FROM accounts", "ä 😀"})
    void a_cursor_travels_alone_and_unchanged(String cursor) throws GigyaException {
        client.nextPage(cursor);

        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.search HTTP/1.1");
        assertThat(server.onlyRequest().form())
                .containsEntry("cursorId", cursor)
                .doesNotContainKeys("query", "openCursor");
    }

    @Test
    void the_credentials_go_along_with_every_page() throws GigyaException {
        client.search(QUERY);
        client.openCursor(QUERY);
        client.nextPage("c");

        assertThat(server.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.form()).containsKeys("userKey", "timestamp", "nonce", "sig"));
    }

    @Test
    void a_search_whose_connection_turns_out_to_be_stale_is_sent_again() throws GigyaException {
        client.search(QUERY);
        server.does(Behaviour.hangUp(), Behaviour.json(NOTHING));

        assertThat(client.nextPage("c").accounts()).isEmpty();
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void an_answer_over_the_limit_of_bytes_is_no_page() {
        server.does(Behaviour.json(
                NOTHING.replace("[]", "[{\"UID\":\"u\",\"data\":{\"x\":\"" + "x".repeat(1 << 20) + "\"}}]")));

        assertThat(failureOf(() -> client.search(QUERY)).kind()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void an_answer_of_deep_nesting_is_no_page() {
        var deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        server.does(Behaviour.json(NOTHING.replace("[]", "[{\"UID\":\"u\",\"data\":" + deep + "}]")));

        assertThat(failureOf(() -> client.search(QUERY)).kind()).isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {403005, 404003})
    void a_search_that_is_refused_for_its_user_blames_the_key_and_removes_nobody(int code) {
        for (var details : List.of("Unauthorized user", "unauthorized user ", "Unauthorized User")) {
            server.does(refusal(code, details));

            for (var call : calls()) {
                assertThat(failureOf(call).kind()).isEqualTo(MISCONFIGURED);
            }
        }
    }

    @Test
    void no_error_code_whatsoever_makes_a_search_prove_that_somebody_is_gone() {
        for (int code = 1; code < 600_000; code++) {
            for (var details : List.of("", "Unauthorized user", "UID not found")) {
                assertThat(ErrorCodes.of(code, ApiMethod.SEARCH, details).kind().provesAbsence())
                        .as("%d %s", code, details)
                        .isFalse();
            }
        }
        assertThat(ApiMethod.SEARCH.carriesProof()).isFalse();
        assertThat(ApiMethod.SEARCH.isAuthorized()).isTrue();
    }

    @Test
    void a_throttled_page_says_when_to_come_back() {
        server.does(Behaviour.http("200 OK", "Retry-After: 10\r\n", "{\"errorCode\":403048}"));

        var failure = failureOf(() -> client.nextPage("c"));

        assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
        assertThat(failure.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).hasSeconds(10));
    }

    @Test
    void a_failure_shows_neither_the_condition_nor_the_cursor() {
        server.does(refusal(400006, "query: SELECT * FROM accounts WHERE profile.email = mail@x.example, cursor-1"));
        var query = new SearchQuery(
                Set.of(), SearchCondition.isText("profile.email", "mail@x.example"), Optional.empty(), 0, 1);

        assertThat(failureOf(() -> client.search(query)))
                .hasMessageContaining("accounts.search")
                .hasMessageNotContainingAny("mail@", "SELECT");
        assertThat(failureOf(() -> client.nextPage("cursor-1"))).hasMessageNotContaining("cursor-1");
    }

    private List<GigyaCall> calls() {
        return List.of(() -> client.search(QUERY), () -> client.openCursor(QUERY), () -> client.nextPage("c"));
    }

    private static Behaviour refusal(int code, String details) {
        return Behaviour.json("{\"errorCode\":" + code + ",\"errorDetails\":\"" + details + "\"}");
    }
}
