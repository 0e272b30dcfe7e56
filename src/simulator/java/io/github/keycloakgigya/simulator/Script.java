package io.github.keycloakgigya.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** {@code /js/gigya.js?apikey=…}: the browser script of a site. */
final class Script {

    private final Function<String, Optional<Site>> sites;
    private final String source = load();

    Script(Function<String, Optional<Site>> sites) {
        this.sites = sites;
    }

    /** Answers status 200 in any case, as the API does; for an unknown key it is a script that defines nothing. */
    Answer answer(HttpRequest request) {
        return request.parameters().apiKey().flatMap(sites).isPresent()
                ? Answer.script(source)
                : Answer.script("console.error('Gigya: 400093 Invalid ApiKey parameter');\n");
    }

    private static String load() {
        try (var resource = Script.class.getResourceAsStream("/simulator/gigya.js")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
