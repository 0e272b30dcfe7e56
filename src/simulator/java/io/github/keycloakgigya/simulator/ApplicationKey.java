package io.github.keycloakgigya.simulator;

/**
 * A console application with a secret.
 *
 * @param userKey names the key
 * @param secret Base64 text
 */
public record ApplicationKey(String userKey, String secret) {

    /** {@return a new key in the shape of the real ones} */
    public static ApplicationKey random() {
        return new ApplicationKey(RandomText.USER_KEY.next(), RandomText.SECRET.next());
    }

    /** {@return the same key with another secret} */
    public ApplicationKey withNewSecret() {
        return new ApplicationKey(userKey, RandomText.SECRET.next());
    }

    /** {@return a UID signature made with this key, as {@code accounts.exchangeUIDSignature} answers it} */
    public String signUid(String uid, long timestampSeconds) {
        return HmacSha1.withSecret(secret).signUid(uid, timestampSeconds);
    }
}
