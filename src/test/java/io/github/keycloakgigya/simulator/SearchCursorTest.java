package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchCursorTest extends SimulatorTest {

    private static final String QUERY = "SELECT UID FROM accounts ORDER BY UID LIMIT 2";

    SearchCursorTest() {
        site.addAll(IntStream.range(0, 5).mapToObj(n -> Account.builder().uid("u" + n)));
    }

    @AfterEach
    void restore() {
        simulator.searchCursors().idleTime(Duration.ofMinutes(5));
        simulator.searchCursors().expiredCode(400006);
    }

    @Test
    void a_cursor_goes_over_all_accounts_with_a_new_id_for_every_page() {
        var ids = new HashSet<String>();
        var uids = new ArrayList<String>();
        var sizes = new ArrayList<Integer>();
        var page = open();
        while (true) {
            uids.addAll(uids(page));
            sizes.add(page.path("objectsCount").asInt());
            assertThat(page.path("totalCount").asInt()).isEqualTo(5);
            if (!page.has("nextCursorId")) {
                break;
            }
            assertThat(ids.add(next(page))).isTrue();
            page = assertOk(page(next(page)));
        }
        assertThat(uids).containsExactly("u0", "u1", "u2", "u3", "u4");
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void a_cursor_whose_last_page_is_full_has_no_page_behind_it() {
        var page = client.callSigned(
                site, "accounts.search", Map.of("query", QUERY.replace("LIMIT 2", "LIMIT 5"), "openCursor", "true"));
        assertThat(page.path("results")).hasSize(5);
        assertThat(page.has("nextCursorId")).isFalse();
    }

    @Test
    void an_id_that_is_sent_again_brings_the_same_page() {
        var id = next(open());
        assertThat(uids(page(id))).isEqualTo(uids(page(id))).containsExactly("u2", "u3");
        assertThat(uids(page(next(page(id))))).containsExactly("u4");
    }

    @Test
    void a_cursor_goes_over_what_there_was_when_it_was_opened() {
        var id = next(open());
        var added = site.add(Account.builder().uid("u10"));
        assertThat(page(id).path("totalCount").asInt()).isEqualTo(5);
        assertThat(uids(page(id))).containsExactly("u2", "u3");
        site.delete(added);
    }

    @Test
    void a_cursors_id_comes_alone_from_its_own_site_and_is_no_guess() {
        var id = next(open());
        for (var other : List.of("query", "openCursor", "accountTypes", "timeout")) {
            assertRefused(client.callSigned(site, "accounts.search", Map.of("cursorId", id, other, "true")), 400006);
        }
        assertRefused(page("st2.s.guess"), 400006);
        var stranger = simulator.addSite(Site.builder());
        assertRefused(client.callSigned(stranger, "accounts.search", Map.of("cursorId", id)), 400006);
    }

    @Test
    void a_cursor_has_no_start_and_pages_of_at_most_a_thousand() {
        for (var clause : List.of("START 1 LIMIT 2", "LIMIT 1001")) {
            assertRefused(
                    client.callSigned(
                            site,
                            "accounts.search",
                            Map.of("query", "SELECT UID FROM accounts " + clause, "openCursor", "true")),
                    400006);
        }
    }

    @Test
    void cursors_expire_by_order_or_when_idle_with_the_code_that_was_set() {
        var id = next(open());
        simulator.searchCursors().expireAll();
        assertRefused(page(id), 400006);
        simulator.searchCursors().expiredCode(404000);
        assertRefused(page(id), 404000);
        var idle = next(open());
        simulator.searchCursors().idleTime(Duration.ofNanos(1));
        assertRefused(page(idle), 404000);
    }

    private JsonNode open() {
        return assertOk(client.callSigned(site, "accounts.search", Map.of("query", QUERY, "openCursor", "true")));
    }

    private JsonNode page(String cursorId) {
        return client.callSigned(site, "accounts.search", Map.of("cursorId", cursorId));
    }

    private static String next(JsonNode page) {
        return page.path("nextCursorId").textValue();
    }

    private static List<String> uids(JsonNode page) {
        return page.path("results").findValuesAsText("UID");
    }
}
