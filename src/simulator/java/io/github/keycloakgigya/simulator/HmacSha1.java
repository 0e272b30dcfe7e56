package io.github.keycloakgigya.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signing with a secret as Gigya does it: HMAC-SHA1 under the decoded secret, Base64 around the result. */
record HmacSha1(byte[] key) {

    static HmacSha1 withSecret(String base64Secret) {
        return new HmacSha1(Base64.getDecoder().decode(base64Secret));
    }

    String sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    boolean verifies(String text, String signature) {
        return MessageDigest.isEqual(
                sign(text).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the UID signature over {@code <seconds>_<UID>}} */
    String signUid(String uid, long timestampSeconds) {
        return sign(timestampSeconds + "_" + uid);
    }
}
