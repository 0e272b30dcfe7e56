package io.github.keycloakgigya.federation.settings;

/** When passwords come along, besides in bulk. */
public enum PasswordTransfer {
    /** Never. */
    OFF("off"),
    /** At each sign-in, as a hash, and at a form of Keycloak's where the hash can't be used. */
    AT_SIGN_IN("atSignIn");

    private final String id;

    PasswordTransfer(String id) {
        this.id = id;
    }

    /** {@return the value of the setting {@code passwordTransfer}} */
    public String id() {
        return id;
    }
}
