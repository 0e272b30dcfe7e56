package io.github.keycloakgigya.api;

import java.util.List;
import java.util.Map;

/**
 * What {@code accounts.getJWTPublicKey} answered, in either of its shapes.
 *
 * @param keys JSON Web Keys as received (RFC 7517): members {@code kty}, {@code kid}, {@code n}, {@code e} and more
 */
public record PublicKeys(List<Map<String, Object>> keys) {

    public PublicKeys {
        keys = keys.stream().map(Map::copyOf).toList();
    }
}
