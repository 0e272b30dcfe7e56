package io.github.keycloakgigya.federation.check;

/** What the test of a connection looks at, in order. */
public enum ConnectionStep {
    /** Gigya's API answers at the host. */
    REACHABLE("reachable"),
    /** There is a site of this API key. */
    API_KEY("apiKey"),
    /** Calls for that site are accepted. */
    CREDENTIALS("credentials"),
    /** The mapped fields may be read. */
    FIELDS("fields");

    private final String id;

    ConnectionStep(String id) {
        this.id = id;
    }

    /** {@return the name of the check in the admin resource's answer} */
    public String id() {
        return id;
    }

    /** {@return the later of the two} */
    ConnectionStep orLater(ConnectionStep other) {
        return compareTo(other) < 0 ? other : this;
    }
}
