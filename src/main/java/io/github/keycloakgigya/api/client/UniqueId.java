package io.github.keycloakgigya.api.client;

import java.security.SecureRandom;
import java.util.Base64;

/** Source of values that nobody can guess and that never come twice: nonces and token ids. */
final class UniqueId {

    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    /** {@return 128 random bits as base64url text} */
    String next() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
