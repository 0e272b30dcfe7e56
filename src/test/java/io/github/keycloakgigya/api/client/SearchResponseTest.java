package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of each member of a search's answer. */
class SearchResponseTest extends AtLocalServer {

    private static final String ENVELOPE =
            "{\"callId\":\"call-1\",\"errorCode\":0,\"time\":\"2026-03-01T12:00:00.250Z\",";

    @Test
    void every_member_of_a_page_is_read() throws GigyaException {
        var page = pageOf("""
                "apiVersion":2,"statusCode":200,"statusReason":"OK","objectsCount":2,"totalCount":1840,
                "nextCursorId":"cursor-2","results":[
                 {"UID":"uid-1","isActive":false,"isRegistered":true,"lastUpdatedTimestamp":1604997062123,
                  "emails":{"verified":["a@x.example","b@x.example"],"unverified":["c@x.example"]},
                  "loginIDs":{"username":"ada","emails":["a@x.example"],"unverifiedEmails":["c@x.example"]},
                  "profile":{"firstName":"Ada","phones":[{"number":"1"}]},"data":{"loyalty":{"level":3}},
                  "password":{"hash":"h","created":"2026-01-02T03:04:05Z"},"preferences":{"terms":true}},
                 {"UID":"uid-2"}]}""");

        assertThat(page.total()).isEqualTo(1840);
        assertThat(page.unreadable()).isZero();
        assertThat(page.nextCursor()).contains("cursor-2");
        assertThat(page.answeredAt()).isEqualTo("2026-03-01T12:00:00.250Z");
        assertThat(page.accounts())
                .containsExactly(
                        new FoundAccount(
                                new Uid("uid-1"),
                                false,
                                true,
                                Set.of("a@x.example", "b@x.example"),
                                Set.of("ada", "a@x.example"),
                                Optional.of(Instant.ofEpochMilli(1604997062123L)),
                                Map.of(
                                        "profile", Map.of("firstName", "Ada", "phones", List.of(Map.of("number", "1"))),
                                        "data", Map.of("loyalty", Map.of("level", 3)),
                                        "password", Map.of("created", "2026-01-02T03:04:05Z"),
                                        "preferences", Map.of("terms", true))),
                        new FoundAccount(
                                new Uid("uid-2"), true, false, Set.of(), Set.of(), Optional.empty(), Map.of()));
    }

    @Test
    void nobody_found_is_an_answer() throws GigyaException {
        var page = pageOf("\"results\":[],\"objectsCount\":0,\"totalCount\":0}");

        assertThat(page.accounts()).isEmpty();
        assertThat(page.total()).isZero();
        assertThat(page.nextCursor()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"nextCursorId\":\"\",", "\"nextCursorId\":null,"})
    void no_or_an_empty_cursor_is_the_end(String cursor) throws GigyaException {
        assertThat(pageOf(cursor + "\"results\":[],\"totalCount\":0}").nextCursor())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "17", "-1", "\"2\"", "null"})
    void how_many_accounts_a_page_says_to_hold_decides_nothing(String count) throws GigyaException {
        assertThat(pageOf("\"objectsCount\":" + count + ",\"results\":[{\"UID\":\"u\"}],\"totalCount\":1}")
                        .accounts())
                .hasSize(1);
    }

    static List<String> noAccounts() {
        return List.of(
                "{}",
                "null",
                "\"uid-1\"",
                "[\"uid-1\"]",
                "{\"uid\":\"uid-1\"}",
                "{\"UID\":null}",
                "{\"UID\":7}",
                "{\"UID\":true}",
                "{\"UID\":[\"uid-1\"]}",
                "{\"UID\":\"\"}",
                "{\"UID\":\"  \"}",
                "{\"UID\":\"a\\u0000b\"}",
                "{\"UID\":\"a\\nb\"}",
                "{\"UID\":\"a\\u0085b\"}",
                "{\"UID\":\"a\\ud800b\"}",
                "{\"UID\":\"" + "u".repeat(256) + "\"}",
                "{\"UID\":\"u\",\"isActive\":\"false\"}",
                "{\"UID\":\"u\",\"isActive\":0}",
                "{\"UID\":\"u\",\"isActive\":{}}",
                "{\"UID\":\"u\",\"isRegistered\":\"true\"}",
                "{\"UID\":\"u\",\"isRegistered\":1}");
    }

    @ParameterizedTest
    @MethodSource("noAccounts")
    void an_account_without_a_uid_or_with_an_unknown_state_is_counted_and_spoils_no_other(String account)
            throws GigyaException {
        var page = pageOf("\"results\":[{\"UID\":\"a\"}," + account + ",{\"UID\":\"b\"}],\"totalCount\":3}");

        assertThat(page.accounts()).extracting(FoundAccount::uid).containsExactly(new Uid("a"), new Uid("b"));
        assertThat(page.unreadable()).isEqualTo(1);
        assertThat(page.total()).isEqualTo(3);
    }

    @Test
    void a_uid_may_have_255_characters_and_look_odd() throws GigyaException {
        for (var uid : List.of("u".repeat(255), "_guid_äß😀==", " a'b\\\\\\\"c ", "7")) {
            assertThat(pageOf("\"results\":[{\"UID\":\"" + uid + "\"}],\"totalCount\":1}")
                            .unreadable())
                    .as(uid)
                    .isZero();
        }
    }

    @Test
    void one_account_twice_stays_twice() throws GigyaException {
        assertThat(pageOf("\"results\":[{\"UID\":\"a\"},{\"UID\":\"a\"}],\"totalCount\":1}")
                        .accounts())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[\"m@x.example\"]",
                "\"m@x.example\"",
                "{\"verified\":null}",
                "{\"verified\":\"m@x.example\"}",
                "{\"verified\":{\"a\":\"m@x.example\"}}",
                "{\"verified\":[[\"m@x.example\"],7,null,true]}",
                "{\"unverified\":[\"m@x.example\"]}",
                "{\"Verified\":[\"m@x.example\"]}"
            })
    void an_address_is_verified_only_in_the_list_of_verified_ones(String emails) throws GigyaException {
        assertThat(onlyAccount("\"emails\":" + emails).verifiedEmails()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"1604997062123\"",
                "1.5",
                "1e12",
                "1e999999999",
                "1e-999999999",
                "{}",
                "9223372036854775808"
            })
    void a_time_of_change_of_another_form_is_none(String millis) throws GigyaException {
        assertThat(onlyAccount("\"lastUpdatedTimestamp\":" + millis).lastUpdated())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[{\"x\":1}]", "\"text\"", "7"})
    void a_section_that_is_no_object_holds_nothing(String section) throws GigyaException {
        assertThat(onlyAccount("\"profile\":" + section + ",\"data\":" + section)
                        .sections())
                .isEmpty();
    }

    private static FoundAccount onlyAccount(String member) throws GigyaException {
        var page = pageOf("\"results\":[{\"UID\":\"u\"," + member + "}],\"totalCount\":1}");
        assertThat(page.accounts()).hasSize(1);
        return page.accounts().get(0);
    }

    private static SearchPage pageOf(String members) throws GigyaException {
        server.does(Behaviour.json(ENVELOPE + members));
        return clients.of(server.site()).nextPage("cursor-1");
    }
}
