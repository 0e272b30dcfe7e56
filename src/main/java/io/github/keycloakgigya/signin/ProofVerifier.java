package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.LoginBinding.AcceptedTokens;
import io.github.keycloakgigya.signin.ProofForm.Proof;
import io.github.keycloakgigya.token.Fingerprint;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import io.github.keycloakgigya.token.TokenRefusedException;
import io.github.keycloakgigya.token.UidSignatureVerifier;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Verifies proofs: out comes a UID and nothing else. */
public final class ProofVerifier {

    private final GigyaConnection connection;
    private final Duration maxAge;
    private final SpentProofs spent;
    private final Clock clock;

    /**
     * Verifies for one site.
     *
     * @param maxAge how old a proof may be, clock skew not counted
     */
    public ProofVerifier(GigyaConnection connection, Duration maxAge, SpentProofs spent, Clock clock) {
        this.connection = connection;
        this.maxAge = maxAge;
        this.spent = spent;
        this.clock = clock;
    }

    /**
     * Verifies and spends the proof that the page of a login posted.
     *
     * @param form as it was posted, decoded; anybody may have posted it
     * @param binding what that page was given
     * @return the UID whose owner signed in at Gigya
     * @throws SignInException where the proof proves nothing, or was used before
     */
    public Uid verify(MultivaluedMap<String, String> form, SignInSettings settings, LoginBinding binding)
            throws SignInException {
        var proof = new ProofForm(form, ProofForm.Parameters.OF_PAGE).read(settings.loginProof());
        return verify(proof, binding.accepted(settings));
    }

    /**
     * Verifies a proof and spends it.
     *
     * @param accepted which tokens will do; of no matter for a signed UID
     * @return the UID whose owner signed in at Gigya
     * @throws SignInException where the proof proves nothing, or was used before
     */
    public Uid verify(Proof proof, AcceptedTokens accepted) throws SignInException {
        if (proof instanceof Proof.IdToken idToken) {
            return verifyToken(idToken.token(), accepted);
        }
        return verifySignature(((Proof.SignedUid) proof).signature());
    }

    private Uid verifyToken(String token, AcceptedTokens accepted) throws SignInException {
        try {
            var verified = verifyAny(token, accepted);
            spent.spend(verified.fingerprint());
            return verified.uid();
        } catch (TokenRefusedException refused) {
            throw SignInException.of(refused);
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }

    // Only a token of another kind, or for somebody else, may be what the next expectation is about.
    private VerifiedToken verifyAny(String token, AcceptedTokens accepted)
            throws TokenRefusedException, GigyaException {
        var expectations = accepted.expectations(connection.settings().proofApiKeys(), maxAge)
                .iterator();
        while (true) {
            try {
                return connection.tokens().verify(token, expectations.next());
            } catch (TokenRefusedException refused) {
                if (!refused.rule().isPurpose() || !expectations.hasNext()) {
                    throw refused;
                }
            }
        }
    }

    private Uid verifySignature(UidSignature signature) throws SignInException {
        var key = connection
                .settings()
                .signatureKey()
                .orElseThrow(() -> SignInException.of(
                        SignInError.GIGYA_MISCONFIGURED,
                        "UID signatures can't be verified with the authorization method bearer"));
        try {
            var verifier = new UidSignatureVerifier(key.secret(), clock);
            var fingerprint = SpentProofs.fingerprintOf(signature);
            // Gigya signs for browsers with the partner secret, whatever key the settings hold.
            if (key.isPartnerSecret()) {
                verifier.verify(signature, maxAge);
            } else {
                // Before the exchange, which is a call with the site's
                // own rights that anybody could make Keycloak make.
                verifier.requireUsable(signature, maxAge);
                spent.requireUnspent(fingerprint);
                exchange(signature, verifier);
            }
            // Before the next call: a signature that is used again costs none.
            spent.spend(fingerprint);
            requireSignedIn(signature.uid());
        } catch (TokenRefusedException refused) {
            throw SignInException.of(refused);
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
        return signature.uid();
    }

    // Gigya signs the UID of an unfinished or disabled account as well. A token would say so.
    private void requireSignedIn(Uid uid) throws GigyaException, SignInException {
        var account = connection.accounts().state(uid);
        if (!account.active()) {
            throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the account is disabled in Gigya");
        }
        if (!account.registered()) {
            throw SignInException.of(SignInError.ACCOUNT_INCOMPLETE, "the account's registration is not finished");
        }
    }

    private void exchange(UidSignature signature, UidSignatureVerifier verifier)
            throws TokenRefusedException, GigyaException {
        var exchanged = connection.exchange().exchange(signature);
        try {
            verifier.verify(exchanged, maxAge);
        } catch (TokenRefusedException refused) {
            // The browser's signature was good enough for Gigya: it is Gigya's own that is not.
            throw GigyaException.unavailable("the answer of accounts.exchangeUIDSignature was " + refused.getMessage());
        }
    }

    /** Remembers across the cluster which proofs were used, for as long as they could be used again. */
    public static final class SpentProofs {

        // As long as any realm of the server may take a proof: its age, and clock skew on both sides of that. A realm
        // that takes proofs for ten seconds would otherwise forget one too soon for a realm that takes them for ten
        // minutes.
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
                    session.getKeycloakSessionFactory(),
                    own -> work.test(own.getProvider(SingleUseObjectProvider.class)));
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
            return Fingerprint.of(signature.timestamp().getEpochSecond() + "_"
                    + signature.uid().value() + "_" + signature.signature());
        }
    }
}
