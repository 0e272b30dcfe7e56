package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.GigyaException;
import java.time.Instant;
import java.util.Optional;

/**
 * The address that an account's user holds, about which nobody has to be asked again.
 *
 * @param held the address as Keycloak stores it
 * @param verified whether Keycloak holds it as verified
 * @param others knows of all other addresses, and of login identifiers
 */
public record HeldAddress(String held, boolean verified, KnownAddresses others) implements KnownAddresses {

    @Override
    public boolean isVerified(String address) throws GigyaException {
        return new EmailAddress(address).stored().filter(held::equals).isPresent()
                ? verified
                : others.isVerified(address);
    }

    @Override
    public boolean isLoginId(String name) throws GigyaException {
        return others.isLoginId(name);
    }

    @Override
    public Optional<Instant> passwordCreated() {
        return others.passwordCreated();
    }

    /** Leaves the address out, so that no log shows it. */
    @Override
    public String toString() {
        return "HeldAddress[]";
    }
}
