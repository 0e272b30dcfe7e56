package io.github.keycloakgigya.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A piece of code in a document, between fences that name its language.
 *
 * @param heading the last one above it
 * @param text the code
 */
public record Sample(String heading, String text) {

    private static final Pattern PARTS = Pattern.compile(
            "^#+ (?<heading>[^\\n]+)$|^```(?<language>\\w+)\\n(?<text>.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** {@return the samples of a document in one language, from top to bottom} */
    public static List<Sample> in(Path document, String language) {
        var samples = new ArrayList<Sample>();
        var heading = "";
        for (var part = PARTS.matcher(read(document)); part.find(); ) {
            if (part.group("heading") != null) {
                heading = part.group("heading");
            } else if (language.equals(part.group("language"))) {
                samples.add(new Sample(heading, part.group("text")));
            }
        }
        return samples;
    }

    /** {@return the code, with what a reader has to replace replaced} All of it has to be there. */
    public String with(Map<String, String> replacements) {
        var code = text;
        for (var replacement : replacements.entrySet()) {
            if (!code.contains(replacement.getKey())) {
                throw new AssertionError("The sample \"" + heading + "\" holds no " + replacement.getKey());
            }
            code = code.replace(replacement.getKey(), replacement.getValue());
        }
        return code;
    }

    private static String read(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
