package io.github.keycloakgigya.passwordhash;

/** Has Keycloak verify hashes of bcrypt. */
public final class BcryptFactory extends LegacyHashFactory {

    /** Is made by Keycloak. */
    public BcryptFactory() {
        super(LegacyHash.BCRYPT);
    }
}
