package io.github.keycloakgigya.passwordhash;

import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import org.keycloak.Config;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Makes the provider of one algorithm. Keycloak leaves it out where the server can't make such hashes, as in FIPS mode:
 * accounts that are hashed so count as unsupported there.
 */
public abstract sealed class LegacyHashFactory
        implements PasswordHashProviderFactory, ExtensionVersion, SupportedServersOnly {

    private final LegacyHash hash;

    private LegacyHashFactory(LegacyHash hash) {
        this.hash = hash;
    }

    @Override
    public final String getId() {
        return hash.id();
    }

    @Override
    public final PasswordHashProvider create(KeycloakSession session) {
        return new LegacyHashProvider(hash, session);
    }

    @Override
    public final boolean isSupported() {
        return SupportedServersOnly.super.isSupported() && hash.isAvailable();
    }

    @Override
    public final void init(Config.Scope config) {
        // Nothing can be configured.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // Nothing depends on other providers.
    }

    @Override
    public final void close() {
        // Nothing is held.
    }

    /** Has Keycloak verify hashes of bcrypt. */
    public static final class BcryptFactory extends LegacyHashFactory {

        /** Is made by Keycloak. */
        public BcryptFactory() {
            super(LegacyHash.BCRYPT);
        }
    }

    /** Has Keycloak verify hashes of MD5. */
    public static final class Md5Factory extends LegacyHashFactory {

        /** Is made by Keycloak. */
        public Md5Factory() {
            super(LegacyHash.MD5);
        }
    }

    /** Has Keycloak verify hashes of SHA-1. */
    public static final class Sha1Factory extends LegacyHashFactory {

        /** Is made by Keycloak. */
        public Sha1Factory() {
            super(LegacyHash.SHA1);
        }
    }

    /** Has Keycloak verify hashes of SHA-256. */
    public static final class Sha256Factory extends LegacyHashFactory {

        /** Is made by Keycloak. */
        public Sha256Factory() {
            super(LegacyHash.SHA256);
        }
    }

    /** Has Keycloak verify hashes of SHA-512. */
    public static final class Sha512Factory extends LegacyHashFactory {

        /** Is made by Keycloak. */
        public Sha512Factory() {
            super(LegacyHash.SHA512);
        }
    }
}
