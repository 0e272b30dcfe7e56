package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.compatibility.CompatibilityResult;

class RollingUpdatesTest {

    @ParameterizedTest
    @CsvSource({"1.4.0, 1.4.0", "1.4.0, 1.4.12", "1.4.12, 1.4.0", "1.4.0, 1.4.1-SNAPSHOT", "unknown, unknown"})
    void these_versions_may_run_side_by_side(String old, String current) {
        assertThat(result(Map.of("version", old), current).exitCode())
                .isEqualTo(CompatibilityResult.ExitCode.ROLLING.value());
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.0, 1.5.0",
        "1.5.0, 1.4.0",
        "1.4.0, 2.4.0",
        "1.4.0, 11.4.0",
        "1.4.0, 1.40.0",
        "1.4.0, unknown",
        "unknown, 1.4.0",
        "nonsense, unknown"
    })
    void these_versions_may_not(String old, String current) {
        var result = result(Map.of("version", old), current);

        assertThat(result.exitCode()).isEqualTo(CompatibilityResult.ExitCode.RECREATE.value());
        assertThat(result.errorMessage()).get().asString().contains(old + " -> " + current);
    }

    @Test
    void a_node_tells_others_its_version_under_the_name_of_the_extension() {
        var updates = new RollingUpdates("1.4.0");

        assertThat(updates.getId()).isEqualTo("keycloak-gigya");
        assertThat(updates.metadata()).containsExactly(Map.entry("version", "1.4.0"));
    }

    @Test
    void a_server_that_had_no_extension_may_get_it() {
        assertThat(result(Map.of(), "1.4.0").exitCode()).isEqualTo(CompatibilityResult.ExitCode.ROLLING.value());
    }

    @Test
    void what_a_later_version_may_write_instead_is_not_taken_for_a_version() {
        assertThat(result(Map.of("format", "2"), "1.4.0").exitCode())
                .isEqualTo(CompatibilityResult.ExitCode.RECREATE.value());
    }

    private static CompatibilityResult result(Map<String, String> old, String current) {
        return new RollingUpdates(current).isCompatible(old);
    }
}
