package io.github.keycloakgigya.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What GitHub runs for this project can do no more than it has to, and takes in nothing that changes by itself. */
class WorkflowsTest {

    private static final Path FOLDER = Path.of(".github/workflows");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Pattern USES = Pattern.compile("(?m)^.*\\buses:(.*)$");
    private static final Pattern PINNED = Pattern.compile(" [\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
    private static final Pattern SCRIPT = Pattern.compile("\\.ci/[\\w-]+");

    /** A job that may write something, and what. */
    private static final Map<String, Set<String>> MAY_WRITE = Map.of(
            "release.yml publish", Set.of("contents", "id-token", "attestations"),
            "codeql.yml analyze", Set.of("security-events"));

    /** They run what a stranger wrote with rights that a stranger lacks. */
    private static final Set<String> DANGEROUS =
            Set.of("pull_request_target", "workflow_run", "issue_comment", "issues");

    private record Job(String workflow, String name, JsonNode content) {

        String id() {
            return workflow + " " + name;
        }

        Stream<JsonNode> steps() {
            return stream(content.path("steps"));
        }

        Set<String> written() {
            return content.path("permissions").properties().stream()
                    .filter(permission -> permission.getValue().asText().equals("write"))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void every_action_is_pinned_to_a_commit_and_tells_its_version(Path workflow) throws IOException {
        assertThat(USES.matcher(Files.readString(workflow)).results().map(uses -> uses.group(1)))
                .isNotEmpty()
                .allMatch(uses -> PINNED.matcher(uses).matches());
    }

    @Test
    void an_action_is_of_one_version_everywhere() {
        var versions = new HashMap<String, String>();

        jobs().flatMap(Job::steps)
                .map(step -> step.path("uses").asText())
                .filter(uses -> !uses.isEmpty())
                .map(uses -> uses.split("@"))
                .forEach(uses -> assertThat(versions.merge(uses[0], uses[1], (first, next) -> first))
                        .as(uses[0])
                        .isEqualTo(uses[1]));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void no_workflow_has_a_right_that_no_job_asks_for(Path workflow) {
        assertThat(read(workflow).path("permissions").isObject()).isTrue();
        assertThat(read(workflow).path("permissions")).isEmpty();
    }

    @Test
    void a_job_may_write_only_what_it_has_to() {
        assertThat(jobs().toList()).allSatisfy(job -> {
            assertThat(job.content().path("permissions").isObject())
                    .as(job.id())
                    .isTrue();
            assertThat(job.written()).as(job.id()).isEqualTo(MAY_WRITE.getOrDefault(job.id(), Set.of()));
        });
    }

    @Test
    void a_job_that_may_write_code_runs_none_of_this_repository() {
        assertThat(jobs().filter(job -> job.written().contains("contents")))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(job.steps())
                        .noneMatch(step -> step.path("uses").asText().startsWith("actions/checkout"))
                        .noneMatch(step ->
                                SCRIPT.matcher(step.path("run").asText()).find()));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void a_stranger_can_start_nothing_that_has_rights(Path workflow) {
        var triggers = read(workflow).path("on");

        assertThat(triggers.isObject()).as("triggers are told one a line").isTrue();
        assertThat(triggers.properties().stream().map(Map.Entry::getKey)).doesNotContainAnyElementsOf(DANGEROUS);
    }

    @Test
    void the_repositorys_token_is_not_left_behind_in_a_clone() {
        assertThat(jobs().flatMap(Job::steps)
                        .filter(step -> step.path("uses").asText().startsWith("actions/checkout@")))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.path("with").path("persist-credentials"))
                        .as("persist-credentials")
                        .hasToString("false"));
    }

    @Test
    void nothing_that_somebody_may_have_named_becomes_part_of_a_command() {
        assertThat(jobs().flatMap(Job::steps).map(step -> step.path("run").asText()))
                .noneMatch(run -> run.contains("${{"));
    }

    @Test
    void every_job_has_an_end_and_a_machine_that_does_not_change_by_itself() {
        assertThat(jobs().toList()).allSatisfy(job -> {
            assertThat(job.content().path("timeout-minutes").asInt())
                    .as(job.id())
                    .isBetween(1, 180);
            assertThat(job.content().path("runs-on").asText()).as(job.id()).doesNotContain("latest");
        });
    }

    @Test
    void every_script_that_is_run_exists() {
        assertThat(jobs().flatMap(Job::steps).toList())
                .allSatisfy(step -> SCRIPT.matcher(step.path("run").asText())
                        .results()
                        .map(script -> script.group())
                        .forEach(script -> assertThat(Path.of(script)).isExecutable()));
    }

    @Test
    void nothing_is_released_before_every_test_has_passed() {
        var publish = job("release.yml publish");
        var needed =
                stream(publish.content().path("needs")).map(JsonNode::asText).toList();

        assertThat(needed.stream().map(name -> job("release.yml " + name)).flatMap(Job::steps))
                .extracting(step -> step.path("run").asText())
                .anyMatch(run -> run.contains(".ci/run"))
                .anyMatch(run -> run.contains(".ci/nightly"))
                .anyMatch(run -> run.contains(".ci/release"));
    }

    @Test
    void nothing_is_released_that_is_not_on_the_main_branch() {
        assertThat(job("release.yml build").steps())
                .anyMatch(step ->
                        step.path("run").asText().equals("git merge-base --is-ancestor \"$GITHUB_SHA\" origin/main"));
    }

    @Test
    void what_is_released_is_what_was_built() {
        assertThat(job("release.yml build").content().at("/outputs/digest").asText())
                .isEqualTo("${{ steps.made.outputs.digest }}");
        assertThat(job("release.yml publish").steps())
                .anyMatch(step -> step.at("/env/MADE").asText().equals("${{ needs.build.outputs.digest }}")
                        && step.path("run").asText().contains("= \"$MADE\""));
    }

    @Test
    void a_release_takes_nothing_from_a_cache() {
        assertThat(jobs().filter(job -> job.workflow().equals("release.yml")).flatMap(Job::steps))
                .noneMatch(step -> step.toString().contains("cache"));
    }

    @Test
    void every_night_the_tests_are_tried_and_known_vulnerabilities_are_looked_for() {
        assertThat(job("nightly.yml proofs").steps())
                .anyMatch(step -> step.path("run").asText().contains(".ci/proofs"));
        assertThat(job("nightly.yml vulnerabilities").steps())
                .anyMatch(step -> step.path("run").asText().endsWith("-Pbom,dependency-check dependency-check:check"));
    }

    @Test
    void every_night_two_nodes_are_under_load_while_things_go_wrong() {
        assertThat(job("nightly.yml soak").steps())
                .anyMatch(step -> step.path("run").asText().endsWith("-Psoak verify"));
    }

    @Test
    void updates_are_looked_for_wherever_versions_are_told() throws IOException {
        var updates = stream(YAML.readTree(Path.of(".github/dependabot.yml").toFile())
                        .path("updates"))
                .toList();

        assertThat(updates)
                .extracting(update -> update.path("package-ecosystem").asText())
                .contains("maven", "github-actions", "docker");
        assertThat(updates).allSatisfy(update -> {
            assertThat(Path.of(".", update.path("directory").asText())).isDirectory();
            assertThat(update.path("cooldown").path("default-days").asInt()).isPositive();
        });
    }

    private static Job job(String id) {
        return jobs().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
    }

    private static Stream<Job> jobs() {
        return workflows().stream()
                .flatMap(workflow -> read(workflow).path("jobs").properties().stream()
                        .map(job -> new Job(workflow.getFileName().toString(), job.getKey(), job.getValue())));
    }

    private static List<Path> workflows() {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path workflow) {
        try {
            return YAML.readTree(workflow.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
