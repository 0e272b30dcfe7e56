package io.github.keycloakgigya.api.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a partner, an application or a user key: Base64 text, whose bytes are an HMAC key. Immutable and safe
 * for use by several threads.
 */
public final class Secret {

    private static final String HMAC_SHA1 = "HmacSHA1";

    private final String text;
    private final SecretKeySpec key;

    private Secret(String text, byte[] key) {
        this.text = text;
        this.key = new SecretKeySpec(key, HMAC_SHA1);
    }

    /**
     * Reads a secret as Gigya's console shows it. White space around it is dropped, and missing padding is made up, as
     * the vendor's SDKs do.
     *
     * @param text not null
     * @throws IllegalArgumentException whose message tells an administrator what is wrong, without the text
     */
    public static Secret parse(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        if (stripped.startsWith("-----BEGIN")) {
            throw new IllegalArgumentException(
                    "the secret is a private key in PEM form, which only the authorization method \"bearer\" uses");
        }
        return new Secret(stripped, decode(stripped));
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The cause would quote a character of the secret.
            throw new IllegalArgumentException("the secret is not Base64; copy it from Gigya's console as it stands");
        }
    }

    /**
     * {@return the HMAC-SHA1 of the text's UTF-8 bytes under this secret}
     *
     * @param baseString what is signed; not null
     */
    public byte[] hmacSha1(String baseString) {
        Objects.requireNonNull(baseString, "baseString");
        try {
            var mac = Mac.getInstance(HMAC_SHA1);
            mac.init(key);
            return mac.doFinal(baseString.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + HMAC_SHA1, e);
        }
    }

    /** {@return the secret itself, to be sent over TLS} */
    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
