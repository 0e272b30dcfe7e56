package io.github.keycloakgigya.api.leaving;

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
}
