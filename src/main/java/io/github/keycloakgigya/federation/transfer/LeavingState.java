package io.github.keycloakgigya.federation.transfer;

/** How far somebody is from signing in without Gigya. */
public enum LeavingState {
    /** Signs in with the same password. */
    READY("ready"),
    /** Has a password that only Gigya can check, until it is typed once at a form of Keycloak's. */
    UNSUPPORTED("unsupported"),
    /** Has no password, and signs in by another provider. */
    SOCIAL_ONLY("socialOnly"),
    /** Has neither: a phone or a passkey say. */
    PASSWORDLESS("passwordless"),
    /** Has not finished the registration. */
    INCOMPLETE("incomplete"),
    /** May not sign in, at Gigya or in Keycloak. */
    INACTIVE("inactive"),
    /** Has no user in Keycloak. */
    NOT_IMPORTED("notImported"),
    /** Has left. */
    RELEASED("released");

    private final String id;

    LeavingState(String id) {
        this.id = id;
    }

    /** {@return the name in the report} */
    public String id() {
        return id;
    }
}
