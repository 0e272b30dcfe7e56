package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.UidSignature;
import io.github.keycloakgigya.settings.GigyaConnection;
import io.github.keycloakgigya.settings.SiteSettings.SignatureKey;
import io.github.keycloakgigya.token.TokenExpectation;
import io.github.keycloakgigya.token.TokenKind;
import io.github.keycloakgigya.token.TokenRefusedException;
import io.github.keycloakgigya.token.UidSignatureVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

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
     * @param audience what a token must have been made for; empty where proofs are not bound to a login
     * @return the UID whose owner signed in at Gigya
     * @throws SignInException where the proof proves nothing, or was used before
     */
    public String verify(Proof proof, Optional<String> audience) throws SignInException {
        if (proof instanceof Proof.IdToken idToken) {
            return verifyToken(idToken.token(), audience);
        }
        return verifySignature(((Proof.SignedUid) proof).signature());
    }

    private String verifyToken(String token, Optional<String> audience) throws SignInException {
        var apiKeys = connection.settings().proofApiKeys();
        try {
            // A token of accounts.getJWT proves a sign-in only where it was made for this very login: without an
            // audience it may have been made by a server, and handed on to others.
            var expectation = audience.isPresent()
                    ? TokenExpectation.proof(TokenKind.ACCOUNT, apiKeys, maxAge).forAudience(audience.get())
                    : TokenExpectation.proof(TokenKind.SIGN_IN, apiKeys, maxAge);
            var verified = connection.tokens().verify(token, expectation);
            spent.spend(verified.fingerprint(), maxAge);
            return verified.uid();
        } catch (TokenRefusedException refused) {
            throw SignInException.of(refused);
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }

    private String verifySignature(UidSignature signature) throws SignInException {
        var key = connection
                .settings()
                .signatureKey()
                .orElseThrow(() -> SignInException.of(
                        SignInError.GIGYA_MISCONFIGURED,
                        "UID signatures can't be verified with the authorization method bearer"));
        try {
            var verifier = new UidSignatureVerifier(key.secret(), clock);
            // Before the exchange, which is a call with the site's own rights that anybody could make Keycloak make.
            verifier.requireUsable(signature, maxAge);
            verifier.verify(signedWith(key, signature), maxAge);
            requireSignedIn(signature.uid());
        } catch (TokenRefusedException refused) {
            throw SignInException.of(refused);
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
        // The time as well, since a UID signs in again; not the signature, which has several spellings in Base64.
        spent.spend(
                SpentProofs.fingerprintOf(
                        signature.timestamp().getEpochSecond() + "_" + signature.uid(),
                        connection.settings().site().apiKey()),
                maxAge);
        return signature.uid();
    }

    // Gigya signs the UID of an unfinished or disabled account as well. A token would say so.
    private void requireSignedIn(String uid) throws GigyaException, SignInException {
        var account = connection.api().getAccountInfo(uid);
        if (!account.active()) {
            throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the account is disabled in Gigya");
        }
        if (!account.registered()) {
            throw SignInException.of(SignInError.ACCOUNT_INCOMPLETE, "the account's registration is not finished");
        }
    }

    // Gigya signs for browsers with the partner secret, whatever key the settings hold.
    private UidSignature signedWith(SignatureKey key, UidSignature signature) throws GigyaException {
        return key.isPartnerSecret() ? signature : connection.api().exchangeUidSignature(signature);
    }
}
