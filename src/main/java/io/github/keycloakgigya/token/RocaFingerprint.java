package io.github.keycloakgigya.token;

import java.math.BigInteger;
import java.util.BitSet;

/**
 * Tells the moduli of a faulty generator of RSA keys (CVE-2017-15361), which can be factored.
 *
 * <p>Its primes have the form {@code k * M + (65537^a mod M)}, where {@code M} is the product of the first primes. The
 * product of two of them is a power of 65537 modulo {@code M}, and so modulo each prime that divides it. Where 65537 does
 * not generate all residues of such a prime, a modulus of another generator often is none of its powers: of all the primes
 * here together, by chance about once in 2^27 moduli. The first 39 primes are enough, since longer keys have them in
 * {@code M} too.
 *
 * @see <a href="https://crocs.fi.muni.cz/public/papers/rsa_ccs17">M. Nemec, M. Sys, P. Svenda, D. Klinec, V. Matyas: The
 *     Return of Coppersmith's Attack, CCS 2017, section 2</a>
 */
final class RocaFingerprint {

    private static final int GENERATOR = 65_537;

    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
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
