package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.UidSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/** Remembers across the cluster which proofs were used, for as long as they could be used again. */
public final class SpentProofs {

    // As long as any realm of the server may take a proof: its age, and clock skew on both sides of that. A realm that
    // takes proofs for ten seconds would otherwise forget one too soon for a realm that takes them for ten minutes.
    private static final Duration LIFESPAN = SignInSettings.LONGEST_PROOF_MAX_AGE.plus(Duration.ofMinutes(5));
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
     * @throws SignInException where it was used before, at whichever door and in whichever realm
     */
    void spend(String fingerprint) throws SignInException {
        var store = session.getProvider(SingleUseObjectProvider.class);
        if (!store.putIfAbsent(PREFIX + fingerprint, LIFESPAN.toSeconds())) {
            throw replayed();
        }
    }

    /**
     * Makes sure that a proof was not used yet, where it costs something to find out whether it is one.
     *
     * @param fingerprint as for {@link #spend}, which is still needed
     * @throws SignInException where it was used before
     */
    void requireUnspent(String fingerprint) throws SignInException {
        if (session.getProvider(SingleUseObjectProvider.class).contains(PREFIX + fingerprint)) {
            throw replayed();
        }
    }

    private static SignInException replayed() {
        return SignInException.of(SignInError.PROOF_REPLAYED, "the proof was used before");
    }

    /**
     * {@return a fingerprint of a signed UID} The same in all realms: sites of a group share UIDs and the secret.
     *
     * @param signature spelt in the only way that is taken
     */
    static String fingerprintOf(UidSignature signature) {
        var text = signature.timestamp().getEpochSecond() + "_" + signature.uid() + "_" + signature.signature();
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
