package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.ProofForm.Proof;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import io.github.keycloakgigya.token.TokenRefusedException;
import io.github.keycloakgigya.token.UidSignatureVerifier;
import java.time.Clock;
import java.time.Duration;

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
}
