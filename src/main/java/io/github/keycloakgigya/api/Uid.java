package io.github.keycloakgigya.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A UID, by which Gigya knows an account, of the form that it has wherever it comes from: a token, a browser, the answer to
 * a search. Compared exactly, letter case included.
 *
 * @param value the UID, verbatim; at some sites a person's address
 */
public record Uid(String value) {

    // No limit is published: Gigya makes UIDs of 32 to some 70 characters, and customers may bring their own. 255 is
    // what Keycloak's columns hold, in which a UID ends up as an attribute and, at need, as the user name. Not every
    // database stores control characters and halves of surrogate pairs, and both would let two UIDs look like one.
    private static final Pattern FORM = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    /**
     * Takes a text that is known to be a UID.
     *
     * @throws IllegalArgumentException where it can't be one
     */
    public Uid {
        if (!fits(value)) {
            throw new IllegalArgumentException("not a UID");
        }
    }

    /** {@return the UID that a text is; empty where it can't be one, or is null} */
    public static Optional<Uid> of(String text) {
        return text != null && fits(text) ? Optional.of(new Uid(text)) : Optional.empty();
    }

    private static boolean fits(String text) {
        return FORM.matcher(text).matches() && !text.isBlank();
    }

    /** Leaves the UID out, so that no log shows it. */
    @Override
    public String toString() {
        return "Uid[hidden]";
    }

    /**
     * A UID with the signature that Gigya gave a browser for it.
     *
     * @param uid the UID
     * @param signature the Base64 text of an HMAC-SHA1, as received
     * @param timestamp when it was signed, in whole seconds
     */
    public record UidSignature(Uid uid, String signature, Instant timestamp) {

        public UidSignature {
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(signature, "signature");
            Objects.requireNonNull(timestamp, "timestamp");
        }

        /** Leaves the signature out, so that no log shows it. */
        @Override
        public String toString() {
            return "UidSignature[timestamp=" + timestamp + "]";
        }
    }
}
