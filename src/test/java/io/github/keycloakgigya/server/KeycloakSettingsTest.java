package io.github.keycloakgigya.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeycloakSettingsTest {

    private static final String LANE = "lane";

    private String lane;

    @BeforeEach
    void remember_the_lane() {
        lane = System.getProperty(LANE);
    }

    @AfterEach
    void restore_the_lane() {
        if (lane == null) {
            System.clearProperty(LANE);
        } else {
            System.setProperty(LANE, lane);
        }
    }

    @Test
    void a_port_is_given_once() {
        assertThat(Stream.generate(KeycloakSettings::freePort).limit(200))
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 10_000 && port < 32_768);
    }

    @Test
    void two_lanes_of_tests_never_get_the_same() {
        var first = remaindersOf("lane1");

        assertThat(remaindersOf("lane2")).hasSize(1).doesNotContainAnyElementsOf(first);
        assertThat(first).hasSize(1);
    }

    private static Set<Integer> remaindersOf(String lane) {
        System.setProperty(LANE, lane);
        var remainders = new TreeSet<Integer>();
        for (int port = 0; port < 20; port++) {
            remainders.add(KeycloakSettings.freePort(10_000, 15_000) % 8);
        }
        return remainders;
    }
}
