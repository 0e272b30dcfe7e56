package io.github.keycloakgigya.it.manual;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.bertramlabs.plugins.hcl4j.HCLParserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The Terraform files in {@code docs/examples}. */
public final class TerraformFiles {

    private static final Path DIRECTORY = ShopRealm.EXAMPLES.resolve("terraform");
    // The parser knows nothing of what a resource becomes: references come out of it as text.
    private static final Pattern REFERENCE = Pattern.compile("(?<![\\w.])keycloak_\\w+\\.\\w+\\.\\w+");

    private TerraformFiles() {}

    /** {@return the resources with these values of the variables} */
    public static List<TerraformResource> resources(Map<String, Object> variables) {
        try {
            var parser = new HCLParser();
            variables.forEach(parser::setVariable);
            parser.registerFunction("merge", TerraformFiles::merge);
            var text = Files.readString(DIRECTORY.resolve("main.tf"));
            var parsed = parser.parse(REFERENCE.matcher(text).replaceAll("\"&$0\""));
            var resources = new ArrayList<TerraformResource>();
            map(parsed.get("resource"))
                    .forEach((type, ofType) -> map(ofType)
                            .forEach((name, arguments) ->
                                    resources.add(new TerraformResource(type, name, map(arguments)))));
            return resources;
        } catch (HCLParserException e) {
            throw new AssertionError("The Terraform files can't be parsed.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the names of the variables that the files declare} */
    static List<String> variables() {
        try {
            var parsed = new HCLParser().parse(Files.readString(DIRECTORY.resolve("variables.tf")));
            return List.copyOf(map(parsed.get("variable")).keySet());
        } catch (HCLParserException e) {
            throw new AssertionError("The Terraform files can't be parsed.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Terraform's function, which the parser lacks: of two values of one key the later counts. */
    private static Object merge(List<Object> maps) {
        var merged = new LinkedHashMap<String, Object>();
        maps.forEach(map -> merged.putAll(map(map)));
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object block) {
        return (Map<String, Object>) block;
    }
}
