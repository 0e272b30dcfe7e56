package io.github.keycloakgigya.passwordhash;

/** Has Keycloak verify hashes of SHA-512. */
public final class Sha512Factory extends LegacyHashFactory {

    /** Is made by Keycloak. */
    public Sha512Factory() {
        super(LegacyHash.SHA512);
    }
}
