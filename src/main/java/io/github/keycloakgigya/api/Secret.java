package io.github.keycloakgigya.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A partner or application secret: the key of Gigya's HMAC-SHA1 signatures. */
public final class Secret {

    private final SecretKeySpec key;

    private Secret(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA1");
    }

    /**
     * Reads a secret.
     *
     * @param text Base64, with or without its padding
     * @throws IllegalArgumentException whose message tells an administrator what is wrong
     */
    public static Secret parse(String text) {
        try {
            var key = Base64.getDecoder().decode(text.strip());
            if (key.length > 0) {
                return new Secret(key);
            }
        } catch (IllegalArgumentException notBase64) {
            // Its message quotes a part of the secret.
        }
        throw new IllegalArgumentException("the secret is not Base64 text as Gigya's console shows it");
    }

    /** {@return the HMAC-SHA1 of a text in UTF-8} */
    public byte[] hmacSha1(String baseString) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return mac.doFinal(baseString.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA1", e);
        }
    }

    /** Leaves the secret out, so that no log shows it. */
    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
