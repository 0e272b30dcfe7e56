package io.github.keycloakgigya.it;

import io.github.keycloakgigya.server.ServerFailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs programs of this machine that end soon. */
public final class Programs {

    private Programs() {}

    /**
     * {@return what the program wrote}
     *
     * @param folder where it runs
     * @throws ServerFailureException where it ends with a status other than 0
     */
    public static String run(Path folder, List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new ServerFailureException(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailureException("Interrupted while " + command.get(0) + " ran.");
        }
    }
}
