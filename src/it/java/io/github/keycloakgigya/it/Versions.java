package io.github.keycloakgigya.it;

import io.github.keycloakgigya.server.KeycloakServer;
import java.nio.file.Path;
import java.util.List;

/** The version of the extension. */
public final class Versions {

    private Versions() {}

    /** {@return the one of the jar that servers run with} */
    public static String ofJar() {
        return Path.of(System.getProperty("extension.jar"))
                .getFileName()
                .toString()
                .replaceFirst("^keycloak-gigya-", "")
                .replaceFirst("\\.jar$", "");
    }

    /** {@return what a server shows an administrator at each provider that tells the version} */
    public static List<String> shownBy(KeycloakServer keycloak) {
        return keycloak.admin()
                .get("serverinfo")
                .succeeded()
                .body()
                .path("providers")
                .findValuesAsText("keycloak-gigya");
    }
}
