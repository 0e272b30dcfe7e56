package io.github.keycloakgigya.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/** Remembers across the cluster which proofs were used, for as long as they could be used again. */
public final class SpentProofs {

    // Clock skew is allowed on both sides of a proof's age.
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final String PREFIX = "gigya-proof:";

    private final KeycloakSession session;

    /** Remembers in Keycloak's store of single-use objects, which all nodes share. */
    public SpentProofs(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Uses a proof up.
     *
     * @param fingerprint names the proof, whatever it was spelt like
     * @param maxAge how long proofs are accepted
     * @throws SignInException where it was used before, at whichever door and in whichever realm
     */
    void spend(String fingerprint, Duration maxAge) throws SignInException {
        var store = session.getProvider(SingleUseObjectProvider.class);
        if (!store.putIfAbsent(PREFIX + fingerprint, maxAge.plus(MARGIN).toSeconds())) {
            throw SignInException.of(SignInError.PROOF_REPLAYED, "the proof was used before");
        }
    }

    /** {@return a fingerprint of a proof that has none of its own} */
    static String fingerprintOf(String proof, String apiKey) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(apiKey.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest.digest(proof.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
