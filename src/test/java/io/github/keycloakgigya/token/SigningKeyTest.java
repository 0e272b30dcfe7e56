package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    private static final GigyaKey KEY = GigyaKey.of("key");

    private static Map<String, Object> jwk(String member, Object value) {
        var jwk = new HashMap<>(KEY.jwk());
        jwk.put(member, value);
        return jwk;
    }

    private static Map<String, Object> jwkWithout(String member) {
        var jwk = new HashMap<>(KEY.jwk());
        jwk.remove(member);
        return jwk;
    }

    @Test
    void an_rsa_key_for_rs256_signatures_is_taken() {
        assertThat(SigningKey.of(KEY.jwk())).map(SigningKey::id).hasValue("key");
        assertThat(SigningKey.of(jwkWithout("use"))).isPresent();
        assertThat(SigningKey.of(jwkWithout("alg"))).isPresent();
    }

    @Test
    void a_key_for_anything_else_is_left_out() {
        assertThat(SigningKey.of(jwk("kty", "EC"))).isEmpty();
        assertThat(SigningKey.of(jwk("kty", "oct"))).isEmpty();
        assertThat(SigningKey.of(jwk("use", "enc"))).isEmpty();
        assertThat(SigningKey.of(jwk("alg", "RS512"))).isEmpty();
        assertThat(SigningKey.of(jwk("alg", "HS256"))).isEmpty();
    }

    @Test
    void a_key_is_taken_only_where_its_operations_hold_verifying() {
        assertThat(SigningKey.of(jwk("key_ops", List.of("verify")))).isPresent();
        assertThat(SigningKey.of(jwk("key_ops", List.of("sign", "verify")))).isPresent();
        for (var excluding : List.of(List.of(), List.of("sign"), List.of("encrypt", "wrapKey"), "verify", 1)) {
            assertThat(SigningKey.of(jwk("key_ops", excluding)))
                    .as(excluding.toString())
                    .isEmpty();
        }
    }

    @Test
    void a_use_that_is_not_signing_is_none() {
        for (var use : List.of("", "SIG", "signature", List.of("sig"), true)) {
            assertThat(SigningKey.of(jwk("use", use))).as(use.toString()).isEmpty();
        }
    }

    @Test
    void a_key_of_the_faulty_generator_of_cve_2017_15361_is_left_out() {
        // Modulo every prime this is a power of 65537, as the product of two such primes is.
        var modulus = BigInteger.valueOf(65_537).pow(129);

        assertThat(SigningKey.of(jwk("n", GigyaKey.base64Url(modulus.add(BigInteger.TWO)))))
                .isPresent();
        assertThat(SigningKey.of(jwk("n", GigyaKey.base64Url(modulus)))).isEmpty();
    }

    @Test
    void a_key_without_a_usable_id_or_numbers_is_left_out() {
        for (var member : List.of("kty", "kid", "n", "e")) {
            assertThat(SigningKey.of(jwkWithout(member))).as(member).isEmpty();
            assertThat(SigningKey.of(jwk(member, ""))).as(member).isEmpty();
            assertThat(SigningKey.of(jwk(member, 1))).as(member).isEmpty();
        }
        assertThat(SigningKey.of(jwk("n", "AA"))).isEmpty();
        assertThat(SigningKey.of(jwk("n", "!!"))).isEmpty();
    }

    @Test
    void a_weak_key_is_left_out() {
        assertThat(SigningKey.of(GigyaKey.weak("weak").jwk())).isEmpty();
        // With an exponent of one, every message is its own signature.
        assertThat(SigningKey.of(jwk("e", "AQ"))).isEmpty();
    }

    @Test
    void a_key_that_takes_long_to_compute_with_is_left_out() {
        var digits = "_".repeat(10_240 / 6);

        assertThat(SigningKey.of(jwk("n", digits))).isEmpty();
        assertThat(SigningKey.of(jwk("e", KEY.jwk().get("n")))).isEmpty();
    }
}
