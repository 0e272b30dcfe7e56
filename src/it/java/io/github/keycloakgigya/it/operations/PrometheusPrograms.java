package io.github.keycloakgigya.it.operations;

import io.github.keycloakgigya.Requirement;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of Prometheus on this machine. */
record PrometheusPrograms(Path prometheus, Path promtool) {

    /** What a program said when it ended. */
    record Ended(int status, String output) {}

    /** {@return those in the PATH; a test is left out where there are none} */
    static PrometheusPrograms find() {
        return new PrometheusPrograms(program("prometheus"), program("promtool"));
    }

    private static Path program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> Requirement.PROMETHEUS.missing(
                        name + " is not in the PATH (on Debian it is in the package prometheus)"));
    }

    /** {@return how {@code promtool} ended} */
    Ended promtool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while promtool ran.", e);
        }
    }
}
