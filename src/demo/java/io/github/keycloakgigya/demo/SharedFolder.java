package io.github.keycloakgigya.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A folder that the containers of {@code docker/compose.yaml} share. What is secret is made up at the first start and kept,
 * so that no file of the project holds it.
 */
record SharedFolder(Path path) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** {@return the file that keeps the authority of the simulator's certificates} */
    Path authority() {
        return path.resolve("authority.p12");
    }

    /** {@return the certificate of that authority, as PEM text} */
    Path certificate() {
        return path.resolve("authority.pem");
    }

    /** {@return a text that stays the same from start to start} It is {@code made} at the first. */
    String kept(String name, String made) {
        Path file = path.resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file) : moveInto(file, made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a password that is made up at the first start} */
    String password(String name) {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return kept(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * Writes variables as a shell reads them.
     *
     * @param variables hold no quotation marks
     */
    void writeVariables(String name, Map<String, String> variables) {
        String text = new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "='" + variable.getValue() + "'\n")
                        .collect(Collectors.joining());
        try {
            moveInto(path.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever reads the file meanwhile sees all of it or nothing. */
    private static String moveInto(Path file, String text) throws IOException {
        Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        return text;
    }
}
