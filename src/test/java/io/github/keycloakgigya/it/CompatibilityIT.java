package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.CompatibilityTable.Row;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The jar on a version of Keycloak and a Java. A usual build tries the newest of both, {@code mvn -Pmatrix verify} all
 * that are promised, and writes down what works.
 */
@ParameterizedClass
@MethodSource("combinations")
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompatibilityIT {

    private final Combination combination;
    private final GigyaSimulator simulator;
    private final Set<Essential> working = EnumSet.noneOf(Essential.class);
    private JavaHome java;
    private KeycloakServer keycloak;

    CompatibilityIT(Combination combination, GigyaSimulator simulator) {
        this.combination = combination;
        this.simulator = simulator;
    }

    @BeforeAll
    void start_the_server() {
        java = JavaHome.ofRelease(combination.java());
        keycloak = KeycloakServer.start(
                KeycloakDistribution.ofVersion(combination.keycloak()),
                KeycloakSettings.named("compatibility")
                        .onJava(java)
                        .withFeatures(Essential.FEATURES)
                        .trusting(simulator.certificate()),
                step -> {});
    }

    @AfterAll
    void stop_the_server_and_write_down_what_works() throws IOException {
        if (keycloak == null) {
            return;
        }
        keycloak.close();
        if (Boolean.getBoolean("compatibility.write")) {
            CompatibilityTable.read()
                    .with(Row.of(combination.keycloak(), java.version(), working))
                    .write();
        }
    }

    @Test
    void the_server_is_the_one_that_is_told_of() {
        var system = keycloak.admin().get("serverinfo").succeeded().body().path("systemInfo");

        assertThat(system.path("version").asText()).isEqualTo(combination.keycloak());
        assertThat(system.path("javaVersion").asText()).isEqualTo(java.version());
    }

    @Test
    void the_extension_writes_no_warning_when_it_starts() {
        assertThat(keycloak.log().entries().stream()
                        .takeWhile(entry -> !entry.message().contains(" started in ")))
                .isNotEmpty()
                .filteredOn(entry -> entry.category().startsWith("io.github.keycloakgigya"))
                .noneMatch(
                        entry -> entry.level().equals("WARN") || entry.level().equals("ERROR"));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_essential_works(Essential essential) {
        essential.tryOut(keycloak, simulator);
        working.add(essential);
    }

    static Stream<Combination> combinations() {
        return Combination.ofBuild();
    }
}
