package io.github.keycloakgigya.it.manual;

import io.github.keycloakgigya.it.Sample;
import java.nio.file.Path;
import java.util.List;

/** The samples in {@code docs/configuration-as-code.md} that a shell runs. Each has a test. */
enum ConfigurationPage {
    IMPORT("Into a server that is stopped"),
    SCRIPT("Into a running server"),
    NEW_SECRETS("New secrets"),
    VAULT("The vault"),
    LOG_IN("Log in"),
    TEST_CONNECTION("Test the connection"),
    TEST_PROVIDER("Test an identity provider"),
    EXPORT("Export a part"),
    COPY_FEDERATION("Copy a user federation"),
    COPY_PROVIDER("Copy an identity provider");

    private static final Path DOCUMENT = Path.of("docs", "configuration-as-code.md");

    private final String heading;

    ConfigurationPage(String heading) {
        this.heading = heading;
    }

    /** {@return the heading that the sample stands below} */
    String heading() {
        return heading;
    }

    /** {@return the sample's code} */
    String script() {
        return samples().stream()
                .filter(sample -> sample.heading().equals(heading))
                .map(Sample::text)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The page has no sample below \"" + heading + "\""));
    }

    /** {@return all samples of the page} */
    static List<Sample> samples() {
        return Sample.in(DOCUMENT, "sh");
    }
}
