package io.github.keycloakgigya.webhook;

import static io.github.keycloakgigya.webhook.Messages.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which accounts are to be read for the events of a message. */
class ErrandTest {

    @Test
    void each_account_is_one_errand() throws Exception {
        assertThat(errands(event("accountUpdated", "a"), event("accountUpdated", "b"), event("accountDeleted", "a")))
                .isEqualTo(Map.of("a", Set.of(), "b", Set.of()));
    }

    @Test
    void what_an_account_was_before_belongs_to_its_errand_in_whichever_order() throws Exception {
        assertThat(errands(
                        event("accountUpdated", "c"),
                        event("accountUidChanged", "b", "c"),
                        event("accountUpdated", "a"),
                        event("accountMerged", "a", "b")))
                .isEqualTo(Map.of("c", Set.of("a", "b")));
    }

    @Test
    void accounts_that_went_in_a_circle_are_read_each_for_itself() throws Exception {
        assertThat(errands(
                        event("accountUidChanged", "a", "b"),
                        event("accountUidChanged", "b", "a"),
                        event("accountUidChanged", "c", "c")))
                .isEqualTo(Map.of("a", Set.of(), "b", Set.of(), "c", Set.of()));
    }

    @Test
    void only_two_types_of_event_name_a_new_uid() throws Exception {
        assertThat(errands(event("accountUpdated", "a", "b"), event("accountLoggedIn", "c", "d")))
                .isEqualTo(Map.of("a", Set.of()));
    }

    @Test
    void a_move_of_more_than_a_day_ago_is_none() throws Exception {
        assertThat(errands(
                        event("accountUidChanged", "a", "b", Instant.now().minus(Duration.ofHours(25))),
                        event("accountUidChanged", "c", "d", Instant.now().minus(Duration.ofHours(23)))))
                .isEqualTo(Map.of("a", Set.of(), "d", Set.of("c")));
    }

    @Test
    void a_move_at_a_time_that_is_not_said_is_none() throws Exception {
        var merged = "{\"id\":\"1\",\"type\":\"accountMerged\",\"data\":{\"uid\":\"a\",\"newUid\":\"b\"}}";

        assertThat(errands(merged)).isEqualTo(Map.of("a", Set.of()));
    }

    @Test
    void an_errand_is_remembered_only_where_all_its_events_have_ids() throws Exception {
        var nameless = "{\"type\":\"accountUpdated\",\"data\":{\"uid\":\"a\"}}";

        assertThat(of(event("accountUpdated", "a"))).allMatch(Errand::isWhole);
        assertThat(of(event("accountUpdated", "a"), nameless)).noneMatch(Errand::isWhole);
    }

    private static Map<String, Set<String>> errands(String... events) throws Exception {
        return of(events).stream()
                .collect(Collectors.toMap(
                        errand -> errand.uid().value(),
                        errand -> errand.formerUids().stream().map(Uid::value).collect(Collectors.toSet())));
    }

    private static List<Errand> of(String... events) throws Exception {
        return Errand.of(MessageParser.parse(Messages.of(events)), Instant.now());
    }
}
