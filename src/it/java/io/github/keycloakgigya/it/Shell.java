package io.github.keycloakgigya.it;

import io.github.keycloakgigya.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The machine's shell, in which samples of documents run. */
public final class Shell {

    // Of a script that calls kcadm.sh dozens of times, each of which starts Java.
    private static final int LIMIT_SECONDS = 300;

    private Shell() {}

    /** Skips the calling test, visibly, where there is no curl, unless {@code KEYCLOAK_GIGYA_REQUIRE} names it. */
    public static void requireCurl() {
        require("curl", Requirement.CURL);
    }

    /** Skips the calling test, visibly, where there is no jq, unless {@code KEYCLOAK_GIGYA_REQUIRE} names it. */
    public static void requireJq() {
        require("jq", Requirement.JQ);
    }

    private static void require(String program, Requirement requirement) {
        try {
            run(program + " --version", Map.of());
        } catch (AssertionError | UncheckedIOException none) {
            throw requirement.missing(program + " is not on the PATH; Debian's package is " + program);
        }
    }

    /**
     * {@return what a script writes}
     *
     * @param environment variables besides the test's own
     * @throws AssertionError where it fails
     */
    public static String run(String script, Map<String, String> environment) {
        return run(script, environment, Path.of(""));
    }

    /**
     * {@return what a script writes that runs in some directory}
     *
     * @param environment variables besides the test's own
     * @throws AssertionError where it fails
     */
    public static String run(String script, Map<String, String> environment, Path directory) {
        var builder = new ProcessBuilder("sh", "-c", script)
                .directory(directory.toAbsolutePath().toFile());
        builder.environment().putAll(environment);
        try {
            var errors = Files.createTempFile("script", ".err");
            builder.redirectError(errors.toFile());
            errors.toFile().deleteOnExit();
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The script does not end: " + script);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(
                        "The script ends with " + process.exitValue() + ": " + script + Files.readString(errors));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a script was running.", e);
        }
    }
}
