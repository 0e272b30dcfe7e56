package io.github.keycloakgigya.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Json;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private final Properties properties = new Properties();

    @TempDir
    private Path folder;

    @Test
    void a_program_reads_who_was_how_fast() {
        var sync = written().get(0);

        assertThat(sync).isEqualTo(Json.parse("""
                {"name": "full-sync", "ours": 4000.0, "peer": 400.0, "peerName": "the other", "unit": "users/s",
                 "ratio": 10.0}"""));
    }

    @Test
    void a_ratio_above_one_is_good_for_us_with_times_too() {
        assertThat(written().get(1).path("ratio").asDouble()).isEqualTo(2.5);
    }

    @Test
    void a_trial_says_that_it_is_one() {
        properties.setProperty("bench.accounts", "5000");

        assertThat(written())
                .allSatisfy(entry -> assertThat(entry.path("trial").asBoolean()).isTrue());
        assertThat(results().report()).startsWith("A trial");
    }

    @Test
    void a_person_reads_figures_in_columns() {
        assertThat(results().report()).contains("| full-sync | users/s | 4,000 | 400  | 10.00 |", "| list-page |");
    }

    private JsonNode written() {
        results().writeTo(folder);
        return Json.read(folder.resolve(Results.FILE));
    }

    private Results results() {
        var results = new Results("two cores", BenchSettings.of(properties));
        results.add(Comparison.ofRates("full-sync", 4000, 400, "the other", "users/s", 8));
        results.add(Comparison.ofTimes("list-page", 20, 50, "the other", "ms", 10));
        return results;
    }
}
