package io.github.keycloakgigya.passwordhash;

import io.github.keycloakgigya.api.leaving.HashAlgorithm;

/** What the providers of this room are called, and what they read of a credential besides what all do. */
public final class LegacyHashes {

    /** What the names of algorithms begin with that this extension has to verify. */
    public static final String PREFIX = "gigya-";

    /** The member of a secret that tells what is hashed. No administrator is shown it: it may hold a pepper. */
    public static final String FORMAT = "format";

    private LegacyHashes() {}

    /** {@return the id of the provider that verifies hashes of an algorithm that Keycloak does not know} */
    public static String idOf(HashAlgorithm algorithm) {
        return PREFIX + algorithm.id();
    }
}
