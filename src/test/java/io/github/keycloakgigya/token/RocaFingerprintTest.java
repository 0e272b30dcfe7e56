package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.token.SigningKey.RocaFingerprint;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RocaFingerprintTest {

    private static final BigInteger GENERATOR = BigInteger.valueOf(65_537);
    private static final int MODULI = 1_000;

    private final Random random = new Random(15_361);

    /** The sizes and the numbers of primes of the paper's table 1. */
    @ParameterizedTest
    @CsvSource({"512, 39", "1024, 71", "2048, 126"})
    void a_modulus_of_the_faulty_generator_is_told(int bits, int primes) {
        var m = primorial(primes);
        var modulus = faultyPrime(m, bits / 2).multiply(faultyPrime(m, bits / 2));

        assertThat(RocaFingerprint.isOn(modulus)).as(modulus.toString()).isTrue();
    }

    @Test
    void moduli_of_ordinary_primes_are_not() {
        var primes = random.ints(46)
                .mapToObj(unused -> BigInteger.probablePrime(256, random))
                .toList();
        int seen = 0;
        for (int i = 0; i < primes.size() && seen < MODULI; i++) {
            for (int j = 0; j < i && seen < MODULI; j++) {
                assertThat(RocaFingerprint.isOn(primes.get(i).multiply(primes.get(j))))
                        .isFalse();
                seen++;
            }
        }
        assertThat(seen).isEqualTo(MODULI);
    }

    @Test
    void one_faulty_prime_makes_no_fingerprint() {
        var modulus = faultyPrime(primorial(126), 1_024).multiply(BigInteger.probablePrime(1_024, random));

        assertThat(RocaFingerprint.isOn(modulus)).isFalse();
    }

    /** {@return a prime {@code k * M + (65537^a mod M)}} */
    private BigInteger faultyPrime(BigInteger m, int bits) {
        while (true) {
            var power = GENERATOR.modPow(new BigInteger(64, random), m);
            var k = new BigInteger(bits - m.bitLength(), random).setBit(bits - m.bitLength() - 1);
            var candidate = k.multiply(m).add(power);
            if (candidate.isProbablePrime(20)) {
                return candidate;
            }
        }
    }

    /** {@return the product of the first primes} */
    private static BigInteger primorial(int primes) {
        var product = BigInteger.TWO;
        var prime = BigInteger.TWO;
        for (int i = 1; i < primes; i++) {
            prime = prime.nextProbablePrime();
            product = product.multiply(prime);
        }
        return product;
    }
}
