package io.github.keycloakgigya.it.versions;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A version of Keycloak on a Java.
 *
 * @param keycloak such as {@code 26.5.6}
 * @param java the release, such as {@code 21}
 */
record Combination(String keycloak, int java) {

    /** {@return those that this build tries, which {@code pom.xml} names} */
    static Stream<Combination> ofBuild() {
        return listed("compatibility.keycloaks").stream()
                .flatMap(keycloak -> listed("compatibility.javas").stream()
                        .map(java -> new Combination(keycloak, Integer.parseInt(java))));
    }

    /** {@return the values of a system property, which commas separate} */
    static List<String> listed(String property) {
        return Arrays.stream(System.getProperty(property, "").split("[, ]+"))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return "Keycloak " + keycloak + " on Java " + java;
    }
}
