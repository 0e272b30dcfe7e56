package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.GigyaException;
import java.util.Optional;

/** The public keys that the tokens of a site are signed with. */
@FunctionalInterface
public interface SigningKeys {

    /**
     * Finds a key.
     *
     * @param keyId its {@code kid} in a token that is not verified yet
     * @param origin where that token comes from
     * @return empty where Gigya publishes no such key, as far as can be told
     * @throws GigyaException where it can't be told because Gigya does not answer
     */
    Optional<SigningKey> find(String keyId, TokenOrigin origin) throws GigyaException;
}
