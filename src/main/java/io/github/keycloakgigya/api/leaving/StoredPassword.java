package io.github.keycloakgigya.api.leaving;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How Gigya stores the password of an account. */
public sealed interface StoredPassword {

    /** {@return Gigya's name of the algorithm, for people to read; {@code other} where it is no name} */
    String algorithm();

    /**
     * A hash that can be verified without Gigya.
     *
     * @param by what made it
     * @param rounds how often it hashes, at least once
     * @param salt in Base64; empty where there is none
     * @param hash in canonical Base64
     * @param format what is hashed of password and salt, as in {@code $password$salt}; {@code $password} where the
     *     algorithm joins the two itself
     */
    record Hashed(HashAlgorithm by, int rounds, String salt, String hash, String format) implements StoredPassword {

        @Override
        public String algorithm() {
            return by.id();
        }

        /** Leaves all but the algorithm out, so that no log shows it. */
        @Override
        public String toString() {
            return "Hashed[" + algorithm() + "]";
        }
    }

    /**
     * A hash that nobody but Gigya can verify, as far as its documents say.
     *
     * @param algorithm Gigya's name of the algorithm
     */
    record Unsupported(String algorithm) implements StoredPassword {}

    /** An algorithm of Gigya's whose hashes can be verified elsewhere, since its documents say how they are made. */
    enum HashAlgorithm {
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

    /**
     * What of a password and a salt is hashed, as Gigya writes it: {@code $password} once, {@code $salt} at most once,
     * and any other text as it is.
     *
     * @param text as in {@code wikipedia$salt$password}
     */
    record SaltedFormat(String text) {

        static final String PASSWORD = "$password";
        static final String SALT = "$salt";

        private static final int LONGEST = 256;

        /** {@return what is hashed} */
        public String of(String password, String salt) {
            // What stands around the password is replaced apart: a password or a salt may hold the other's name.
            int at = text.indexOf(PASSWORD);
            var before = text.substring(0, at).replace(SALT, salt);
            var after = text.substring(at + PASSWORD.length()).replace(SALT, salt);
            return before + password + after;
        }

        /** {@return whether a text says what is hashed} */
        public static boolean isUsable(String text) {
            return text.length() <= LONGEST
                    && text.contains(PASSWORD)
                    && text.replaceFirst("\\" + PASSWORD, "")
                                    .replaceFirst("\\" + SALT, "")
                                    .indexOf('$')
                            < 0;
        }
    }
}
