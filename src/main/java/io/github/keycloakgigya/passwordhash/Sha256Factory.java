package io.github.keycloakgigya.passwordhash;

/** Has Keycloak verify hashes of SHA-256. */
public final class Sha256Factory extends LegacyHashFactory {

    /** Is made by Keycloak. */
    public Sha256Factory() {
        super(LegacyHash.SHA256);
    }
}
