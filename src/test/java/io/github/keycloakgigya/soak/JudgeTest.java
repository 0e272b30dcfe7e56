package io.github.keycloakgigya.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

    private static final String DOOR = "door";
    private static final String FAULT = "Gigya is away";
    private static final Pattern OWN = Pattern.compile("^org\\.infinispan.*lost");

    private final Recording recording = new Recording();
    private final Instant start = recording.start();

    @Test
    void a_soak_without_trouble_keeps_every_promise() {
        load(Ending.RIGHT, 20, 10);
        fault(60, 72);
        load(Ending.RIGHT, 100, 20);

        assertThat(findings()).isEmpty();
    }

    @Test
    void a_soak_in_which_nothing_happened_keeps_none() {
        assertThat(findings())
                .extracting(Finding::promise, Finding::what)
                .containsExactly(
                        tuple(Promise.EVERYTHING_HAPPENED, "nobody had success with: door"),
                        tuple(Promise.EVERYTHING_HAPPENED, "there was no fault: Gigya is away"));
    }

    @Test
    void a_door_where_only_a_fault_let_somebody_in_counts_as_unused() {
        fault(60, 72);
        add(Ending.RIGHT, 65, 10);

        assertThat(findings()).extracting(Finding::what).containsExactly("nobody had success with: door");
    }

    @ParameterizedTest
    @CsvSource({
        // during the fault; begun in it; within two seconds of its end; later; long before
        "65, 100, false",
        "71, 5000, false",
        "73, 100, false",
        "75, 100, true",
        "50, 100, true",
    })
    void who_fails_has_to_have_met_the_fault(long second, long millis, boolean isFound) {
        load(Ending.RIGHT, 20, 100);
        fault(60, 72);
        add(Ending.UNAVAILABLE, second, millis);

        assertThat(findings().stream().map(Finding::promise))
                .isEqualTo(isFound ? List.of(Promise.FAULTS_END) : List.of());
    }

    @Test
    void after_a_node_was_killed_the_two_seconds_begin_with_the_kill() {
        load(Ending.RIGHT, 20, 10);
        recording.add(new Band(FAULT, at(60), at(100), at(60), Optional.empty(), OWN));
        add(Ending.NO_ANSWER, 61, 10);
        assertThat(findings()).isEmpty();

        add(Ending.NO_ANSWER, 63, 10);

        assertThat(findings()).extracting(Finding::promise).containsExactly(Promise.FAULTS_END);
    }

    @Test
    void a_node_that_has_just_started_may_be_too_slow_for_a_call_to_gigya_and_nothing_else() {
        load(Ending.RIGHT, 20, 10);
        recording.add(new Band(FAULT, at(60), at(80), at(60), Optional.of(Ending.UNAVAILABLE), OWN));
        add(Ending.UNAVAILABLE, 75, 10);
        assertThat(findings()).isEmpty();

        add(Ending.NO_ANSWER, 75, 10);
        add(Ending.UNAVAILABLE, 83, 10);

        assertThat(findings()).extracting(Finding::promise).containsExactly(Promise.FAULTS_END, Promise.FAULTS_END);
    }

    @Test
    void an_intruder_and_a_status_500_are_found_during_a_fault_as_well() {
        load(Ending.RIGHT, 20, 10);
        fault(60, 72);
        add(Ending.INTRUSION, 65, 10);
        add(Ending.SERVER_ERROR, 66, 10);

        assertThat(findings())
                .extracting(Finding::promise, Finding::at)
                .containsExactly(tuple(Promise.NOBODY_WRONGLY_IN, at(65)), tuple(Promise.NO_SERVER_ERROR, at(66)));
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, org.infinispan.remoting, a node was lost, 65, false",
        "ERROR, org.infinispan.remoting, a node was lost, 90, false",
        "ERROR, org.infinispan.remoting, a node was lost, 93, true",
        "ERROR, org.infinispan.remoting, a node was lost, 59, true",
        "ERROR, org.infinispan.remoting, something else, 65, true",
        "ERROR, org.hibernate, a node was lost, 65, true",
        "WARN, org.hibernate, something else, 65, false",
    })
    void an_error_line_has_to_belong_to_a_fault(
            String level, String category, String message, long second, boolean isFound) {
        load(Ending.RIGHT, 20, 10);
        fault(60, 72);
        recording.addLog(List.of(new LogLine(at(second), "node 1", level, category, message)));

        assertThat(findings().stream().map(Finding::promise))
                .isEqualTo(isFound ? List.of(Promise.NO_STRANGE_ERROR) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "201, 1"})
    void the_slowest_percent_may_take_twice_as_long_as_in_quiet_times(long millis, int count) {
        load(Ending.RIGHT, 20, 100);
        fault(60, 72);
        add(Ending.RIGHT, 65, 9000);
        load(Ending.RIGHT, 80, millis);

        assertThat(findings()).hasSize(count).allMatch(finding -> finding.promise() == Promise.TIME_HOLDS);
    }

    @Test
    void recovery_is_told_of_each_fault() {
        fault(60, 72);
        fault(90, 102);
        add(Ending.UNAVAILABLE, 70, 100);
        add(Ending.UNAVAILABLE, 73, 100);
        add(Ending.UNAVAILABLE, 95, 100);

        var judge = judge();

        assertThat(recording.bands().stream().map(judge::recovery))
                .containsExactly(Duration.ofSeconds(1), Duration.ZERO);
    }

    @Test
    void a_percentile_is_the_time_that_so_many_did_not_exceed() {
        for (int millis = 1; millis <= 200; millis++) {
            add(Ending.RIGHT, 20, millis);
        }

        assertThat(Times.percentile(50, recording.operations())).isEqualTo(Duration.ofMillis(100));
        assertThat(Times.percentile(99, recording.operations())).isEqualTo(Duration.ofMillis(198));
        assertThat(Times.percentile(99, List.of())).isZero();
    }

    @Test
    void what_was_seen_twice_is_told_once() {
        recording.add(new Finding(Promise.NOBODY_LOST, at(1), "somebody"));
        recording.add(new Finding(Promise.NOBODY_LOST, at(2), "somebody"));

        assertThat(recording.findings()).extracting(Finding::at).containsExactly(at(1));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.api.Assertions.tuple(values);
    }

    private List<Finding> findings() {
        return judge().findings();
    }

    private Judge judge() {
        return new Judge(recording, at(10), at(40), Set.of(DOOR), Set.of(FAULT));
    }

    private Instant at(long second) {
        return start.plusSeconds(second);
    }

    private void fault(long from, long to) {
        recording.add(new Band(FAULT, at(from), at(to), at(to), Optional.empty(), OWN));
    }

    private void load(Ending ending, long second, long millis) {
        for (int count = 0; count < 10; count++) {
            add(ending, second, millis);
        }
    }

    private void add(Ending ending, long second, long millis) {
        var begin = at(second);
        recording.add(new Operation(DOOR, begin, begin.plusMillis(millis), ending, "", true));
    }
}
