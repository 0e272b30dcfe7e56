package io.github.keycloakgigya.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.github.keycloakgigya.api.GigyaApi.PublicKeys;
import io.github.keycloakgigya.api.GigyaException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An RSA public key that signs tokens by RS256, and by nothing else (RFC 7517; RFC 7518, section 3.3). */
public final class SigningKey {

    private static final JWSHeader RS256 = new JWSHeader(JWSAlgorithm.RS256);

    // RFC 7518, section 3.3, asks for 2,048 bits; above 8,192 a check costs milliseconds.
    private static final int SHORTEST = 2_048;
    private static final int LONGEST = 8_192;

    private static final String VERIFY = "verify";

    private final String id;
    private final RSASSAVerifier verifier;

    private SigningKey(String id, RSASSAVerifier verifier) {
        this.id = id;
        this.verifier = verifier;
    }

    /** {@return the key of a JSON Web Key; empty where it has no id, is weak, or is for another use} */
    static Optional<SigningKey> of(Map<String, Object> jwk) {
        if (!"RSA".equals(jwk.get("kty"))
                || !"sig".equals(jwk.getOrDefault("use", "sig"))
                || !isForVerifying(jwk.getOrDefault("key_ops", List.of(VERIFY)))
                || !"RS256".equals(jwk.getOrDefault("alg", "RS256"))
                || !(jwk.get("kid") instanceof String id)
                || id.isEmpty()
                || !(jwk.get("n") instanceof String modulus)
                || !(jwk.get("e") instanceof String exponent)) {
            return Optional.empty();
        }
        try {
            var key = new RSAKey.Builder(new Base64URL(modulus), new Base64URL(exponent))
                    .build()
                    .toRSAPublicKey();
            int bits = key.getModulus().bitLength();
            return bits < SHORTEST || bits > LONGEST || RocaFingerprint.isOn(key.getModulus())
                    ? Optional.empty()
                    : Optional.of(new SigningKey(id, new RSASSAVerifier(key)));
        } catch (JOSEException | IllegalArgumentException | IllegalStateException noKey) {
            return Optional.empty();
        }
    }

    // A list of texts; verifying is a public key's part in signing (RFC 7517, section 4.3).
    private static boolean isForVerifying(Object operations) {
        return operations instanceof List<?> list && list.contains(VERIFY);
    }

    String id() {
        return id;
    }

    boolean verifies(CompactJws jws) {
        try {
            // The header is a constant: nothing that a token says chooses how it is verified.
            return verifier.verify(RS256, jws.signedBytes(), new Base64URL(jws.signature()));
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java can't verify RS256", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[id=" + id + "]";
    }

    /**
     * Tells the moduli of a faulty generator of RSA keys (CVE-2017-15361), which can be factored.
     *
     * <p>Its primes have the form {@code k * M + (65537^a mod M)}, where {@code M} is the product of the first primes.
     * The product of two of them is a power of 65537 modulo {@code M}, and so modulo each prime that divides it. Where
     * 65537 does not generate all residues of such a prime, a modulus of another generator often is none of its powers:
     * of all the primes here together, by chance about once in 2^27 moduli. The first 39 primes are enough, since longer
     * keys have them in {@code M} too.
     *
     * @see <a href="https://crocs.fi.muni.cz/public/papers/rsa_ccs17">M. Nemec, M. Sys, P. Svenda, D. Klinec, V. Matyas: The
     *     Return of Coppersmith's Attack, CCS 2017, section 2</a>
     */
    static final class RocaFingerprint {

        private static final int GENERATOR = 65_537;

        private static final int[] PRIMES = {
            3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
            109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167
        };

        private RocaFingerprint() {}

        /** {@return whether a modulus is one of that generator's} */
        static boolean isOn(BigInteger modulus) {
            for (int prime : PRIMES) {
                int residue = modulus.mod(BigInteger.valueOf(prime)).intValue();
                if (!powersOfGenerator(prime).get(residue)) {
                    return false;
                }
            }
            return true;
        }

        private static BitSet powersOfGenerator(int prime) {
            var powers = new BitSet(prime);
            int power = 1;
            while (!powers.get(power)) {
                powers.set(power);
                power = power * (GENERATOR % prime) % prime;
            }
            return powers;
        }
    }

    /**
     * The keys of one good answer of Gigya. A newer set replaces it whole: a key that Gigya withdrew is trusted no longer.
     *
     * @param keys by their id
     * @param fetchedAt when they were asked for
     */
    record KeySet(Map<String, SigningKey> keys, Instant fetchedAt) {

        /** Nothing known yet. */
        static final KeySet NONE = new KeySet(Map.of(), Instant.MIN);

        private static final Duration FRESH = Duration.ofHours(24);

        // While Gigya does not answer, old keys serve on: an outage must not end sign-ins that need no new key. A
        // week is longer than any outage of it, and ends the trust in a key that somebody hides the withdrawal of.
        private static final Duration USABLE = Duration.ofDays(7);

        // Gigya publishes one or two. The bound keeps a wrong answer of a custom domain out of the memory of all
        // realms.
        private static final int MOST = 100;

        KeySet {
            keys = Map.copyOf(keys);
        }

        /** Takes the usable keys of an answer; the first of several with one id. */
        static KeySet of(PublicKeys answer, Instant fetchedAt) throws GigyaException {
            var keys = new LinkedHashMap<String, SigningKey>();
            answer.keys().stream()
                    .limit(MOST)
                    .map(SigningKey::of)
                    .flatMap(Optional::stream)
                    .forEach(key -> keys.putIfAbsent(key.id(), key));
            if (keys.isEmpty()) {
                throw GigyaException.unavailable("accounts.getJWTPublicKey answered no usable key");
            }
            return new KeySet(keys, fetchedAt);
        }

        Optional<SigningKey> find(String keyId, Instant now) {
            return isUsable(now) ? Optional.ofNullable(keys.get(keyId)) : Optional.empty();
        }

        boolean isFresh(Instant now) {
            // Keys from the future were fetched under a clock that was wrong, and that has been set back since.
            return isYounger(FRESH, now) && !fetchedAt.isAfter(now.plus(TokenExpectation.CLOCK_SKEW));
        }

        boolean isUsable(Instant now) {
            return !keys.isEmpty() && isYounger(USABLE, now);
        }

        private boolean isYounger(Duration age, Instant now) {
            return now.isBefore(fetchedAt.plus(age));
        }
    }
}
