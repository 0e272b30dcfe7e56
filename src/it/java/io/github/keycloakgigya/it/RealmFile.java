package io.github.keycloakgigya.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A realm file with variables, for a test that creates its own realm from it. Keycloak replaces variables only in the
 * files that it imports when it starts.
 *
 * @param text JSON in which {@code ${NAME}} and {@code ${NAME:default}} stand for values
 */
public record RealmFile(String text) {

    private static final Path DEMO = Path.of("docker", "demo-realm.json");
    // Names of variables are in capitals; ${username} and its like are message keys.
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::([^}]*))?}");

    /** {@return the realm of the demo} */
    public static RealmFile ofDemo() {
        try {
            return new RealmFile(Files.readString(DEMO));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the realm under another name, with the values of these variables}
     *
     * @throws IllegalArgumentException where a variable has neither a value nor a default
     */
    public ObjectNode named(String realm, Map<String, String> variables) {
        String filled =
                VARIABLE.matcher(text).replaceAll(variable -> Matcher.quoteReplacement(value(variable, variables)));
        JsonNode representation = Json.parse(filled);
        return ((ObjectNode) representation).put("realm", realm);
    }

    private static String value(MatchResult variable, Map<String, String> variables) {
        String preset = variable.group(2);
        String value = variables.getOrDefault(variable.group(1), preset);
        if (value == null) {
            throw new IllegalArgumentException("The realm file needs the variable " + variable.group(1) + ".");
        }
        return value;
    }
}
