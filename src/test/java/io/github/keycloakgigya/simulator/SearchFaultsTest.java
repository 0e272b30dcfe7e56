package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchFaultsTest extends SimulatorTest {

    private static final String METHOD = "accounts.search";

    SearchFaultsTest() {
        site.addAll(IntStream.range(0, 6).mapToObj(n -> Account.builder().uid("u" + n)));
    }

    @Test
    void an_empty_page_keeps_its_total() {
        simulator.faults().onceOn(METHOD, SearchFaults.emptyPage());
        var page = assertOk(open());
        assertThat(page.path("results")).isEmpty();
        assertThat(page.path("totalCount").asInt()).isEqualTo(6);
        assertThat(page.has("nextCursorId")).isFalse();
    }

    @Test
    void totals_and_ends_can_be_lies() {
        simulator.faults().on(METHOD, SearchFaults.totalZero());
        assertThat(open().path("totalCount").asInt(-1)).isZero();
        assertThat(open().path("results")).hasSize(2);
        simulator.faults().on(METHOD, SearchFaults.nothing());
        assertThat(open().path("results")).isEmpty();
        assertThat(open().path("totalCount").asInt(-1)).isZero();
        simulator.faults().on(METHOD, SearchFaults.earlyEnd());
        assertThat(open().path("results")).hasSize(2);
        assertThat(open().has("nextCursorId")).isFalse();
    }

    @Test
    void a_page_can_repeat_while_the_cursor_moves_on() {
        simulator.faults().on(METHOD, SearchFaults.repeatedPage());
        var first = open();
        var second = next(first);
        var third = next(second);
        assertThat(List.of(uids(first), uids(second), uids(third))).containsOnly(List.of("u0", "u1"));
        assertThat(third.has("nextCursorId")).isFalse();
    }

    @Test
    void pages_can_have_no_end() {
        simulator.faults().on(METHOD, SearchFaults.endlessPages());
        var page = open();
        for (int i = 0; i < 10; i++) {
            page = assertOk(next(page));
            assertThat(uids(page)).containsExactly("u0", "u1");
        }
    }

    @Test
    void accounts_can_lack_a_uid_share_one_or_be_huge() {
        simulator.faults().onceOn(METHOD, SearchFaults.withoutUid());
        assertThat(open().path("results").path(0).has("UID")).isFalse();
        simulator.faults().onceOn(METHOD, SearchFaults.doubledUid());
        assertThat(uids(open())).containsExactly("u0", "u0");
        simulator.faults().onceOn(METHOD, SearchFaults.foreignUid("somebody"));
        assertThat(uids(open())).containsExactly("somebody", "u1");
        simulator.faults().onceOn(METHOD, SearchFaults.hugeAccount("blob", 2 << 20));
        assertThat(open().at("/results/0/data/blob").textValue()).hasSize(2 << 20);
    }

    @Test
    void an_account_can_really_be_huge() {
        var huge = site.add(Account.builder().uid("u9").data("blob", "x".repeat(2 << 20)));
        var answer =
                client.callSigned(site, METHOD, Map.of("query", "SELECT data.blob FROM accounts WHERE UID = \"u9\""));
        assertThat(answer.at("/results/0/data/blob").textValue()).hasSize(2 << 20);
        site.delete(huge);
    }

    @Test
    void a_fault_can_hit_the_nth_call_only_and_its_cursor_works_again() {
        simulator.faults().onNth(METHOD, 2, Fault.httpStatus(500));
        simulator.faults().onNth(METHOD, 3, Fault.halfAnswer());
        var first = assertOk(open());
        assertThatThrownBy(() -> next(first)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> next(first)).isInstanceOf(UncheckedIOException.class);
        assertThat(uids(next(first))).containsExactly("u2", "u3");
    }

    @Test
    void a_throttle_can_last_for_some_calls_or_for_some_time() {
        simulator.faults().onNext(METHOD, 2, Fault.throttle());
        assertRefused(open(), 403048);
        assertRefused(open(), 403048);
        assertOk(open());
        simulator.faults().onFor(METHOD, Duration.ofMillis(500), Fault.throttle());
        assertRefused(open(), 403048);
        await().until(() -> open().path("errorCode").asInt() == 0);
    }

    @Test
    void a_code_that_nobody_knows_can_be_answered() {
        simulator.faults().onceOn(METHOD, Fault.errorCode(987654));
        assertRefused(open(), 987654);
    }

    @Test
    void every_call_can_take_its_time_beside_other_faults() {
        simulator.faults().latency(Duration.ofMillis(100));
        simulator.faults().onceOn(METHOD, Fault.throttle());
        var before = Instant.now();
        assertRefused(open(), 403048);
        assertOk(open());
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    private JsonNode open() {
        return client.callSigned(
                site, METHOD, Map.of("query", "SELECT UID FROM accounts ORDER BY UID LIMIT 2", "openCursor", "true"));
    }

    private JsonNode next(JsonNode page) {
        return client.callSigned(
                site, METHOD, Map.of("cursorId", page.path("nextCursorId").asText()));
    }

    private static List<String> uids(JsonNode page) {
        return page.path("results").findValuesAsText("UID");
    }
}
