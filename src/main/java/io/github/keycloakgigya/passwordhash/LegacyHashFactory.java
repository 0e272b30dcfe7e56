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
abstract sealed class LegacyHashFactory implements PasswordHashProviderFactory, ExtensionVersion, SupportedServersOnly
        permits BcryptFactory, Md5Factory, Sha1Factory, Sha256Factory, Sha512Factory {

    private final LegacyHash hash;

    LegacyHashFactory(LegacyHash hash) {
        this.hash = hash;
    }

    @Override
    public final String getId() {
        return LegacyHashes.idOf(hash.algorithm());
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
}
