package io.github.keycloakgigya.api.leaving;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.api.leaving.StoredPassword.HashAlgorithm;
import io.github.keycloakgigya.api.leaving.StoredPassword.Hashed;
import io.github.keycloakgigya.api.leaving.StoredPassword.SaltedFormat;
import io.github.keycloakgigya.api.leaving.StoredPassword.Unsupported;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how a password is stored, strictly: what is not exactly as documented is unsupported, since a credential that was
 * made of it could never let its owner in.
 */
final class PasswordReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,32}");
    private static final String OTHER = "other";

    // A hash of more rounds would take a node seconds for each try, by whomever: for PBKDF2 those of all its blocks.
    private static final int MOST_ROUNDS = 1_000_000;
    private static final int MOST_BCRYPT_ROUNDS = 1 << 14;
    private static final int FEWEST_BCRYPT_ROUNDS = 1 << 4;
    private static final int BCRYPT_SALT_BYTES = 16;

    // Gigya's own bounds: 512 bits of a hash, 1024 of a salt.
    private static final int LONGEST_BASE64 = 256;
    private static final int LONGEST_SALT = 128;

    private static final String BY_ITSELF = SaltedFormat.PASSWORD;

    private final JsonNode password;
    private final JsonNode settings;
    private final HashAlgorithm algorithm;

    private PasswordReader(JsonNode password, HashAlgorithm algorithm) {
        this.password = password;
        this.settings = password.path("hashSettings");
        this.algorithm = algorithm;
    }

    /**
     * {@return how a password is stored; empty where none is told} An answer that may not hold hashes tells no more than
     * when a password was set.
     *
     * @param password the member of that name of an account
     */
    static Optional<StoredPassword> read(JsonNode password) {
        var compound = CompoundHash.in(password);
        if (compound.isPresent()) {
            return Optional.of(compound.get());
        }
        if (!isText(password.path("hash")) && !password.path("hashSettings").isObject()) {
            return Optional.empty();
        }
        var name = name(password.path("hashSettings").path("algorithm"));
        return HashAlgorithm.of(name)
                .flatMap(algorithm -> new PasswordReader(password, algorithm).hashed())
                .map(StoredPassword.class::cast)
                .or(() -> Optional.of(new Unsupported(name)));
    }

    private static String name(JsonNode algorithm) {
        return Optional.ofNullable(algorithm.textValue())
                .filter(text -> NAME.matcher(text).matches())
                .orElse(OTHER);
    }

    private static boolean isText(JsonNode member) {
        return member.isTextual() && !member.textValue().isEmpty();
    }

    private Optional<Hashed> hashed() {
        if (isText(settings.path("binaryFormat")) || isText(settings.path("URL"))) {
            return Optional.empty();
        }
        var format = format();
        var salt = format.flatMap(this::salt);
        var hash = bytes(password.path("hash")).filter(bytes -> algorithm.mayBeOf(bytes.length));
        if (salt.isEmpty() || hash.isEmpty() || !isRoundsUsable(rounds(), hash.get().length)) {
            return Optional.empty();
        }
        return Optional.of(
                new Hashed(algorithm, rounds(), text(salt.get()), text(algorithm.compared(hash.get())), format.get()));
    }

    private int rounds() {
        var rounds = settings.path("rounds");
        if (rounds.isMissingNode() || rounds.isNull()) {
            return 1;
        }
        return rounds.isInt() ? rounds.intValue() : 0;
    }

    private boolean isRoundsUsable(int rounds, int bytes) {
        if (algorithm.isPlainDigest()) {
            // What a second round hashes is not documented.
            return rounds == 1;
        }
        return algorithm.isPbkdf2()
                ? rounds >= 1 && rounds <= MOST_ROUNDS / algorithm.blocks(bytes)
                : Integer.bitCount(rounds) == 1 && rounds >= FEWEST_BCRYPT_ROUNDS && rounds <= MOST_BCRYPT_ROUNDS;
    }

    /** {@return what is hashed of password and salt; empty where that is not known} */
    private Optional<String> format() {
        var format = settings.path("format");
        if (isText(format)) {
            return Optional.of(format.textValue())
                    .filter(algorithm.isPlainDigest() ? SaltedFormat::isUsable : BY_ITSELF::equals);
        }
        if (!format.isMissingNode() && !format.isNull() && !format.isTextual()) {
            return Optional.empty();
        }
        // How a digest joins the two is not known without it.
        return algorithm.isPlainDigest() && isText(settings.path("salt")) ? Optional.empty() : Optional.of(BY_ITSELF);
    }

    private Optional<byte[]> salt(String format) {
        var salt = settings.path("salt");
        if (algorithm.isPlainDigest()) {
            // As documented: clear text where the format names it.
            return format.contains(SaltedFormat.SALT)
                    ? Optional.ofNullable(salt.textValue())
                            .map(text -> text.getBytes(StandardCharsets.UTF_8))
                            .filter(bytes -> bytes.length > 0 && bytes.length <= LONGEST_SALT)
                    : Optional.of(new byte[0]);
        }
        return bytes(salt)
                .filter(bytes -> algorithm.isPbkdf2()
                        ? bytes.length > 0 && bytes.length <= LONGEST_SALT
                        : bytes.length == BCRYPT_SALT_BYTES);
    }

    private static Optional<byte[]> bytes(JsonNode base64) {
        if (!isText(base64) || base64.textValue().length() > LONGEST_BASE64) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(base64.textValue()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A hash of bcrypt that holds its own settings, as in {@code $2a$10$...}. */
    static final class CompoundHash {

        // Without $2x$, which stands for the bug of one implementation.
        private static final Pattern BCRYPT =
                Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");
        private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        private static final int LEAST_COST = 4;
        private static final int MOST_COST = 14;

        private CompoundHash() {}

        /** {@return the password of an account that is stored so; empty where it is stored in another way} */
        static Optional<StoredPassword> in(JsonNode password) {
            var member = password.path("compoundHashedPassword");
            if (member.isTextual()) {
                return Optional.of(of(member.textValue()).orElseGet(() -> new Unsupported("compound")));
            }
            return Optional.ofNullable(password.path("hash").textValue())
                    .filter(hash -> hash.startsWith("$"))
                    .flatMap(CompoundHash::of);
        }

        private static Optional<StoredPassword> of(String text) {
            return Optional.of(BCRYPT.matcher(text))
                    .filter(Matcher::matches)
                    .filter(parts -> cost(parts) >= LEAST_COST && cost(parts) <= MOST_COST)
                    .map(parts -> new Hashed(
                            HashAlgorithm.BCRYPT,
                            1 << cost(parts),
                            base64(parts.group(2)),
                            base64(parts.group(3)),
                            SaltedFormat.PASSWORD));
        }

        private static int cost(Matcher parts) {
            return Integer.parseInt(parts.group(1));
        }

        // The same as Base64, with another alphabet, and without the bits that are left over.
        private static String base64(String text) {
            var bytes = new ByteArrayOutputStream();
            int bits = 0;
            int held = 0;
            for (int letter : text.chars().toArray()) {
                held = held << 6 | ALPHABET.indexOf(letter);
                bits += 6;
                if (bits >= 8) {
                    bits -= 8;
                    bytes.write(held >> bits);
                    held &= (1 << bits) - 1;
                }
            }
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        }
    }
}
