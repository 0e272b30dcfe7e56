package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.token.Fingerprint;
import java.time.Duration;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

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
     * Uses a proof up, whatever becomes of the request: with Keycloak's feature {@code stateless} a used proof is a row of
     * the database (26.7, {@code JpaSingleUseObjectProvider}), which a request that fails later would take back. So it is
     * written in a transaction of its own. Where Keycloak keeps used proofs in Infinispan, as it does unless told
     * otherwise, that takes no connection to the database.
     *
     * @param fingerprint names the proof, whatever it was spelt like
     * @throws SignInException where it was used before, at whichever door and in whichever realm
     */
    void spend(String fingerprint) throws SignInException {
        var key = PREFIX + fingerprint;
        boolean isFirst;
        try {
            isFirst = alone(store -> store.putIfAbsent(key, LIFESPAN.toSeconds()));
        } catch (RuntimeException failed) {
            // Of two who write one row at one moment, some databases let the second fail instead of telling it.
            if (!alone(store -> store.contains(key))) {
                throw failed;
            }
            isFirst = false;
        }
        if (!isFirst) {
            throw replayed();
        }
    }

    private boolean alone(Predicate<SingleUseObjectProvider> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), own -> work.test(own.getProvider(SingleUseObjectProvider.class)));
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
        return Fingerprint.of(
                signature.timestamp().getEpochSecond() + "_" + signature.uid().value() + "_" + signature.signature());
    }
}
