package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlowestTestsTest {

    @Test
    void the_slowest_classes_come_first_and_no_more_than_ten() {
        var reports = IntStream.rangeClosed(1, 12)
                .mapToObj(number -> suite("io.github.keycloakgigya.it.Class" + number + "IT", number * 10 + ".25"))
                .toList();

        assertThat(SlowestTests.report(reports))
                .hasSize(11)
                .startsWith("The slowest test classes:", "-   120 s  Class12IT", "-   110 s  Class11IT")
                .endsWith("-    30 s  Class3IT");
    }

    @Test
    void where_no_test_ran_nothing_is_said() {
        assertThat(SlowestTests.report(List.of())).isEmpty();
        assertThat(SlowestTests.report(List.of("<testsuites/>"))).isEmpty();
    }

    private static String suite(String name, String seconds) {
        return "<?xml version=\"1.0\"?>\n<testsuite version=\"3.0.2\" name=\"" + name + "\" time=\"" + seconds
                + "\" tests=\"1\">";
    }
}
