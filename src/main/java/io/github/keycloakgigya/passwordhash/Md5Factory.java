package io.github.keycloakgigya.passwordhash;

/** Has Keycloak verify hashes of MD5. */
public final class Md5Factory extends LegacyHashFactory {

    /** Is made by Keycloak. */
    public Md5Factory() {
        super(LegacyHash.MD5);
    }
}
