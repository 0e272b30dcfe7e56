package io.github.keycloakgigya.api.leaving;

import java.util.Objects;

/**
 * An identity elsewhere by which the owner of an account signs in.
 *
 * @param provider Gigya's name of the provider, as in {@code googleplus}
 * @param providerUid what the provider calls the person
 */
public record LinkedIdentity(String provider, String providerUid) {

    public LinkedIdentity {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(providerUid, "providerUid");
    }

    /** Leaves the person out, so that no log shows it. */
    @Override
    public String toString() {
        return "LinkedIdentity[" + provider + "]";
    }
}
