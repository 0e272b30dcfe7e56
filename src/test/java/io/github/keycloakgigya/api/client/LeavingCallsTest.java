package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.api.leaving.LeavingApi;
import io.github.keycloakgigya.api.leaving.LeavingApi.LeavingPage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeavingCallsTest extends AtLocalServer {

    private static final Uid PERSON = new Uid("person");
    private static final SearchQuery QUERY =
            new SearchQuery(LeavingPage.COLUMNS, Optional.empty(), Optional.empty(), 0, 20);

    private final LeavingApi leaving = clients.of(server.site()).leaving();

    @Test
    void an_account_is_asked_for_with_password_and_identities() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"UID":"person","isActive":true,"isRegistered":true,
                 "password":{"created":"2024-05-06T07:08:09.000Z"}}"""));

        var account = leaving.account(PERSON);

        assertThat(account.uid()).isEqualTo(PERSON);
        assertThat(account.isHashWithheld()).isTrue();
        assertThat(account.source()).isEqualTo(LeavingAccount.Source.ITSELF);
        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.getAccountInfo HTTP/1.1");
        assertThat(server.onlyRequest().form())
                .containsEntry("UID", "person")
                .containsEntry("include", "password,identities-active");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorCode\":0,\"UID\":\"somebody else\",\"isActive\":true,\"isRegistered\":true}",
                "{\"errorCode\":0,\"UID\":\"person\",\"isRegistered\":true}",
                "{\"errorCode\":0,\"UID\":\"person\",\"isActive\":\"true\",\"isRegistered\":true}",
                "{\"errorCode\":0,\"UID\":\"person\",\"isActive\":true,\"isRegistered\":\"yes\"}",
                "{\"errorCode\":0,\"isActive\":true,\"isRegistered\":true}"
            })
    void an_answer_about_somebody_else_or_without_a_state_is_refused(String answer) {
        server.does(Behaviour.json(answer));

        assertThat(failureOf(() -> leaving.account(PERSON)).kind()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void a_search_opens_a_cursor_and_tells_what_goes_along() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"time":"2026-11-02T08:00:00.000Z","objectsCount":2,"totalCount":2,"nextCursorId":"next","results":[
                  {"UID":"person","isActive":true,"isRegistered":true,"lastLogin":"2026-11-01T08:00:00.000Z"},
                  {"UID":"other","isActive":"no"}]}"""));

        var page = leaving.open(QUERY);

        assertThat(page.accounts()).extracting(LeavingAccount::uid).containsExactly(PERSON);
        assertThat(page.accounts().get(0).source()).isEqualTo(LeavingAccount.Source.SEARCH);
        assertThat(page.found().nextCursor()).contains("next");
        assertThat(page).hasToString("LeavingPage[accounts=1]");
        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.search HTTP/1.1");
        assertThat(server.onlyRequest().form()).containsEntry("openCursor", "true");
    }

    @Test
    void the_next_page_is_asked_for_by_its_cursor_alone() throws GigyaException {
        server.does(Behaviour.json(
                "{\"errorCode\":0,\"time\":\"2026-11-02T08:00:00.000Z\",\"totalCount\":2,\"results\":[]}"));

        assertThat(leaving.next("next").accounts()).isEmpty();

        assertThat(server.onlyRequest().form())
                .containsEntry("cursorId", "next")
                .doesNotContainKey("query");
    }
}
