package io.github.keycloakgigya.demo;

import io.github.keycloakgigya.server.ServerFailureException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site at SAP Customer Data Cloud; nobody's password is known, so only a person can sign in. */
record RealSite(Map<String, String> variables) implements DemoSite {

    private static final List<String> REQUIRED = List.of("GIGYA_API_KEY", "GIGYA_SECRET");
    private static final List<String> OPTIONAL = List.of("GIGYA_USER_KEY", "GIGYA_DATA_CENTER", "GIGYA_API_DOMAIN");

    static RealSite of(Map<String, String> environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : REQUIRED) {
            String value = environment.getOrDefault(name, "");
            if (value.isBlank()) {
                throw new ServerFailureException("A real site needs the environment variable " + name + ".");
            }
            variables.put(name, value);
        }
        for (String name : OPTIONAL) {
            if (environment.containsKey(name)) {
                variables.put(name, environment.get(name));
            }
        }
        return new RealSite(Map.copyOf(variables));
    }

    @Override
    public String description() {
        return "Using the Gigya site " + variables.get("GIGYA_API_KEY") + " in data center "
                + variables.getOrDefault("GIGYA_DATA_CENTER", "us1");
    }

    @Override
    public List<X509Certificate> certificates() {
        return List.of();
    }

    @Override
    public List<String> keyDomains() {
        return List.of();
    }

    @Override
    public List<DemoAccount> accounts() {
        return List.of();
    }

    @Override
    public GigyaSession signIn(DemoAccount account) {
        throw new IllegalStateException("No account of a real site is known.");
    }

    @Override
    public boolean sendsToThisMachine() {
        return false;
    }

    @Override
    public Optional<String> commandToChangeAName() {
        return Optional.empty();
    }

    @Override
    public Optional<String> hint() {
        return Optional.of("Sign in with an account of your site. Its trusted URLs must hold http://localhost:8080.");
    }

    @Override
    public void close() {
        // The site stays where it is.
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "RealSite[" + variables.get("GIGYA_API_KEY") + "]";
    }
}
