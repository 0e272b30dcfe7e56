package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import io.github.keycloakgigya.token.GigyaTokenVerifier.TokenTimes;
import io.github.keycloakgigya.token.TokenRefusedException.TokenRule;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/**
 * Verifies that a UID was signed by Gigya with a secret: HMAC-SHA1 over {@code <timestamp>_<UID>}. Safe for use by many
 * threads.
 *
 * <p>Signatures for browsers are made with the partner secret. With an application key, {@code
 * accounts.exchangeUIDSignature} comes first, and its answer is verified here.
 *
 * @see <a href="https://developers.gigya.com/display/GD/Class+SigUtils">SigUtils.validateUserSignature</a>
 */
public final class UidSignatureVerifier {

    // Of 20 bytes in Base64, with its padding.
    private static final int LENGTH = 28;

    private final Secret secret;
    private final Clock clock;

    /**
     * Makes a verifier for one site.
     *
     * @param secret what the signature is expected to be made with
     * @param clock tells the time that timestamps are held against
     */
    public UidSignatureVerifier(Secret secret, Clock clock) {
        this.secret = Objects.requireNonNull(secret, "secret");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Verifies a signature.
     *
     * @param signature as received
     * @param maxAge how long ago it may have been made; 120 seconds of skew are added, and allowed into the future
     * @return the UID, which is proven now
     * @throws TokenRefusedException where it breaks a rule
     */
    public Uid verify(UidSignature signature, Duration maxAge) throws TokenRefusedException {
        requireUsable(signature, maxAge);
        var made = secret.hmacSha1(
                signature.timestamp().getEpochSecond() + "_" + signature.uid().value());
        if (!MessageDigest.isEqual(made, decode(signature.signature()))) {
            throw new TokenRefusedException(TokenRule.SIGNATURE);
        }
        return signature.uid();
    }

    /**
     * Checks what can be checked without the secret that a signature was made with: its form and its age.
     *
     * @param maxAge as for {@link #verify}
     * @throws TokenRefusedException where it breaks a rule
     */
    public void requireUsable(UidSignature signature, Duration maxAge) throws TokenRefusedException {
        decode(signature.signature());
        TokenTimes.checkAge(signature.timestamp(), clock.instant(), maxAge);
    }

    /** Decodes standard Base64 with padding, of which one signature has one text: a second use can't look like new. */
    private static byte[] decode(String text) throws TokenRefusedException {
        try {
            if (text.length() == LENGTH) {
                var bytes = Base64.getDecoder().decode(text);
                if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                    return bytes;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // Its message quotes the signature.
        }
        throw new TokenRefusedException(TokenRule.MALFORMED);
    }

    /**
     * Calls of {@code accounts.exchangeUIDSignature} for all realms of a node, in bounds: anybody can make up a signature,
     * which only Gigya tells from a good one. Gigya is asked about 20 of a site that it refuses at once, and then about one
     * a second; those that it takes, and failures of Gigya, don't count. Safe for use by many threads.
     */
    public static final class SignatureExchanges {

        private static final int MOST = 20;
        private static final Duration INTERVAL = Duration.ofSeconds(1);

        private final CallObserver observer;
        private final FetchBudgets<GigyaSite> budgets;

        /**
         * Makes full budgets, of which a node needs one set.
         *
         * @param observer is told of calls that are not made because of these limits
         */
        public SignatureExchanges(Clock clock, CallObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            this.budgets = new FetchBudgets<>(MOST, INTERVAL, Objects.requireNonNull(clock, "clock"));
        }

        /**
         * {@return the exchange of a site}
         *
         * @param api makes the calls, under its own deadline
         */
        public SignatureExchange of(GigyaApi api) {
            return signature -> exchange(signature, api);
        }

        private UidSignature exchange(UidSignature signature, GigyaApi api) throws GigyaException {
            if (!budgets.take(api.site())) {
                observer.withheld(ApiMethod.EXCHANGE_UID_SIGNATURE);
                // Nobody knows whether it is good: that is no reason to call it wrong.
                throw GigyaException.unavailable("too many UID signatures were refused a moment ago");
            }
            var isRefused = false;
            try {
                return api.exchangeUidSignature(signature);
            } catch (GigyaException failed) {
                isRefused = failed.kind() == FailureKind.PROOF_REFUSED;
                throw failed;
            } finally {
                if (!isRefused) {
                    budgets.giveBack(api.site());
                }
            }
        }

        /** Lets Gigya judge a UID signature that was made for a browser. */
        public interface SignatureExchange {

            /**
             * {@return the signature that Gigya makes for the caller's own key, not verified}
             *
             * @param signature of the form that Gigya's have, and recent
             * @throws GigyaException where Gigya refuses it, can't be asked, or has refused too many to be asked now
             */
            UidSignature exchange(UidSignature signature) throws GigyaException;
        }
    }
}
