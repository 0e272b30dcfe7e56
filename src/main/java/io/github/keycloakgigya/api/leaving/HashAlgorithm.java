package io.github.keycloakgigya.api.leaving;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An algorithm of Gigya's whose hashes can be verified elsewhere, since its documents say how they are made. */
public enum HashAlgorithm {
    /** PBKDF2 with HMAC-SHA-1. */
    PBKDF2(16, 64),
    PBKDF2_SHA256(16, 64),
    PBKDF2_SHA512(16, 64),
    /** Some implementations store a 24th byte, which none of them compares. */
    BCRYPT(23, 24),
    MD5(16, 16),
    SHA1(20, 20),
    SHA256(32, 32),
    SHA512(64, 64);

    private final int shortest;
    private final int longest;

    HashAlgorithm(int shortest, int longest) {
        this.shortest = shortest;
        this.longest = longest;
    }

    /** {@return Gigya's name of it} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<HashAlgorithm> of(String id) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.id().equals(id))
                .findFirst();
    }

    /** {@return whether a hash can be one of this algorithm} A short one would let many passwords in. */
    boolean mayBeOf(int bytes) {
        return bytes >= shortest && bytes <= longest;
    }

    /** {@return what of a hash is compared} */
    byte[] compared(byte[] hash) {
        return this == BCRYPT ? Arrays.copyOf(hash, shortest) : hash;
    }

    /** {@return how often PBKDF2 does all its rounds for a hash of so many bytes (RFC 8018, 5.2)} */
    int blocks(int bytes) {
        var output = this == PBKDF2 ? 20 : this == PBKDF2_SHA256 ? 32 : 64;
        return (bytes + output - 1) / output;
    }

    boolean isPbkdf2() {
        return name().startsWith("PBKDF2");
    }

    /** {@return whether it hashes once, what a format makes of password and salt} */
    public boolean isPlainDigest() {
        return !isPbkdf2() && this != BCRYPT;
    }
}
