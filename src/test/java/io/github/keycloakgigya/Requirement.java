package io.github.keycloakgigya;

import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * What some tests need from the machine and a build can't bring.
 *
 * <p>A test that misses it is skipped, which {@link LeftOut} tells at the end of the build, but fails where the environment variable {@code KEYCLOAK_GIGYA_REQUIRE} names it;
 * several names are separated by commas.
 */
public enum Requirement {
    CHROMIUM("chromium"),
    COMPOSE("compose"),
    CURL("curl"),
    DOCKER("docker"),
    JAVA("java"),
    JQ("jq"),
    POSTGRESQL("postgresql"),
    PROMETHEUS("prometheus");

    private static final String VARIABLE = "KEYCLOAK_GIGYA_REQUIRE";

    private final String name;

    Requirement(String name) {
        this.name = name;
    }

    /**
     * {@return what the test throws to be skipped or to fail}
     *
     * @param reason what is missing and how to get it
     */
    public RuntimeException missing(String reason) {
        if (isDemanded()) {
            return new IllegalStateException(reason + " (" + VARIABLE + " demands " + name + ")");
        }
        return new TestAbortedException(reason);
    }

    private boolean isDemanded() {
        String names = System.getenv().getOrDefault(VARIABLE, "");
        return List.of(names.split("[, ]+")).contains(name);
    }
}
