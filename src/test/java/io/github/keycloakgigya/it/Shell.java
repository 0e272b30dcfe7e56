package io.github.keycloakgigya.it;

import io.github.keycloakgigya.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The machine's shell, in which samples of documents run. */
final class Shell {

    private static final int LIMIT_SECONDS = 60;

    private Shell() {}

    /** Skips the calling test, visibly, where there is no curl, unless {@code KEYCLOAK_GIGYA_REQUIRE} names it. */
    static void requireCurl() {
        try {
            run("curl --version", Map.of());
        } catch (AssertionError | UncheckedIOException none) {
            throw Requirement.CURL.missing("curl is not on the PATH; Debian's package is curl");
        }
    }

    /**
     * {@return what a script writes}
     *
     * @param environment variables besides the test's own
     * @throws AssertionError where it fails
     */
    static String run(String script, Map<String, String> environment) {
        var builder = new ProcessBuilder("sh", "-c", script).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The script does not end: " + script);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("The script ends with " + process.exitValue() + ": " + script);
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
