package io.github.keycloakgigya.federation.settings;

/** Who says whether a federated user's password is right. */
public enum PasswordCheck {
    /** Gigya. Keycloak keeps no passwords of these users. */
    GIGYA("gigya"),
    /** Keycloak where it has a password of the user, Gigya otherwise. */
    LOCAL_FIRST("localFirst"),
    /** Keycloak alone: Gigya is never asked. */
    OFF("off");

    private final String id;

    PasswordCheck(String id) {
        this.id = id;
    }

    /** {@return the value of the setting {@code passwordCheck}} */
    public String id() {
        return id;
    }
}
