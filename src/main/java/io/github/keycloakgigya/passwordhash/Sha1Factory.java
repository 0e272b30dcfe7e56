package io.github.keycloakgigya.passwordhash;

/** Has Keycloak verify hashes of SHA-1. */
public final class Sha1Factory extends LegacyHashFactory {

    /** Is made by Keycloak. */
    public Sha1Factory() {
        super(LegacyHash.SHA1);
    }
}
