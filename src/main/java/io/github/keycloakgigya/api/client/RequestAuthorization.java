package io.github.keycloakgigya.api.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a server shows Gigya that it may act for a site. Immutable and safe for use by several threads; no {@code
 * toString} shows a secret.
 */
public abstract sealed class RequestAuthorization {

    RequestAuthorization() {}

    /**
     * Signs each request with HMAC-SHA1; the secret is never sent.
     *
     * @param userKey the application or user key that the secret belongs to; empty for a partner secret
     * @param secret not null
     */
    public static RequestAuthorization signature(Optional<String> userKey, Secret secret) {
        return new Signature(userKey, secret);
    }

    /**
     * Sends the secret with each request, over TLS.
     *
     * @param userKey the application or user key that the secret belongs to; empty for a partner secret
     * @param secret not null
     */
    public static RequestAuthorization secret(Optional<String> userKey, Secret secret) {
        return new SentSecret(userKey, secret);
    }

    /**
     * Signs a JSON Web Token for each request, which goes into its {@code Authorization} header.
     *
     * @param userKey the application key
     * @param rsaKey the application's private key
     * @throws IllegalArgumentException where the key is not an RSA key of at least 2048 bits
     */
    public static RequestAuthorization bearer(String userKey, PrivateKey rsaKey) {
        return new Bearer(userKey, rsaKey);
    }

    /**
     * {@return the request with what authorises it, made for one attempt}
     *
     * @param now the time at Gigya
     */
    abstract FormRequest authorize(FormRequest request, Instant now);

    /** Authorises by an HMAC-SHA1 signature over method, address and parameters. */
    private static final class Signature extends RequestAuthorization {

        private final Optional<String> userKey;
        private final Secret secret;
        private final UniqueId nonces = new UniqueId();

        Signature(Optional<String> userKey, Secret secret) {
            this.userKey = Objects.requireNonNull(userKey, "userKey");
            this.secret = Objects.requireNonNull(secret, "secret");
        }

        @Override
        FormRequest authorize(FormRequest request, Instant now) {
            var identified = userKey.map(key -> request.with("userKey", key)).orElse(request);
            var unsigned = identified
                    .with("timestamp", Long.toString(now.getEpochSecond()))
                    .with("nonce", nonces.next());
            var signature = secret.hmacSha1(unsigned.signatureBaseString().text());
            return unsigned.with("sig", Base64.getEncoder().encodeToString(signature));
        }

        @Override
        public String toString() {
            return "Signature[userKey=" + userKey + "]";
        }
    }

    /** Authorises by the secret itself, which every {@link ApiDomain} takes over TLS only. */
    private static final class SentSecret extends RequestAuthorization {

        private final Optional<String> userKey;
        private final Secret secret;

        SentSecret(Optional<String> userKey, Secret secret) {
            this.userKey = Objects.requireNonNull(userKey, "userKey");
            this.secret = Objects.requireNonNull(secret, "secret");
        }

        @Override
        FormRequest authorize(FormRequest request, Instant now) {
            var identified = userKey.map(key -> request.with("userKey", key)).orElse(request);
            return identified.with("secret", secret.text());
        }

        @Override
        public String toString() {
            return "SentSecret[userKey=" + userKey + "]";
        }
    }

    /**
     * Authorises by a token that an application's RSA key signs: header {@code alg}, {@code typ}, {@code kid}, claims
     * {@code iat}, {@code jti}, and no others, as the vendor's SDKs compose it.
     */
    private static final class Bearer extends RequestAuthorization {

        private final JWSHeader header;
        private final JWSSigner signer;
        private final UniqueId tokenIds = new UniqueId();

        Bearer(String userKey, PrivateKey rsaKey) {
            Objects.requireNonNull(userKey, "userKey");
            this.header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(userKey)
                    .build();
            this.signer = new RSASSASigner(rsaKey);
        }

        @Override
        FormRequest authorize(FormRequest request, Instant now) {
            var claims = new JWTClaimsSet.Builder()
                    .issueTime(Date.from(now))
                    .jwtID(tokenIds.next())
                    .build();
            var token = new SignedJWT(header, claims);
            try {
                token.sign(signer);
            } catch (JOSEException e) {
                throw new IllegalStateException("the application's RSA key does not sign", e);
            }
            return request.withBearerToken(token.serialize());
        }

        @Override
        public String toString() {
            return "Bearer[userKey=" + header.getKeyID() + "]";
        }
    }

    /** Source of values that nobody can guess and that never come twice: nonces and token ids. */
    static final class UniqueId {

        private static final int BYTES = 16;

        private final SecureRandom random = new SecureRandom();

        /** {@return 128 random bits as base64url text} */
        String next() {
            var bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }

    /**
     * The secret of a partner, an application or a user key: Base64 text, whose bytes are an HMAC key. Immutable and safe
     * for use by several threads.
     */
    public static final class Secret {

        private static final String HMAC_SHA1 = "HmacSHA1";

        private final String text;
        private final SecretKeySpec key;

        private Secret(String text, byte[] key) {
            this.text = text;
            this.key = new SecretKeySpec(key, HMAC_SHA1);
        }

        /**
         * Reads a secret as Gigya's console shows it. White space around it is dropped, and missing padding is made up, as
         * the vendor's SDKs do.
         *
         * @param text not null
         * @throws IllegalArgumentException whose message tells an administrator what is wrong, without the text
         */
        public static Secret parse(String text) {
            var stripped = text.strip();
            if (stripped.isEmpty()) {
                throw new IllegalArgumentException("the secret is empty");
            }
            if (stripped.startsWith("-----BEGIN")) {
                throw new IllegalArgumentException(
                        "the secret is a private key in PEM form, which only the authorization method \"bearer\" uses");
            }
            return new Secret(stripped, decode(stripped));
        }

        private static byte[] decode(String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                // The cause would quote a character of the secret.
                throw new IllegalArgumentException(
                        "the secret is not Base64; copy it from Gigya's console as it stands");
            }
        }

        /**
         * {@return the HMAC-SHA1 of the text's UTF-8 bytes under this secret}
         *
         * @param baseString what is signed; not null
         */
        public byte[] hmacSha1(String baseString) {
            Objects.requireNonNull(baseString, "baseString");
            try {
                var mac = Mac.getInstance(HMAC_SHA1);
                mac.init(key);
                return mac.doFinal(baseString.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no " + HMAC_SHA1, e);
            }
        }

        /** {@return the secret itself, to be sent over TLS} */
        String text() {
            return text;
        }

        @Override
        public String toString() {
            return "Secret[hidden]";
        }
    }
}
