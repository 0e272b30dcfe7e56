package io.github.keycloakgigya.api.leaving;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.api.leaving.StoredPassword.Hashed;
import io.github.keycloakgigya.api.leaving.StoredPassword.Unsupported;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hash of bcrypt that holds its own settings, as in {@code $2a$10$...}. */
final class CompoundHash {

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
