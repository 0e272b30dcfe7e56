package io.github.keycloakgigya.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes tokens for tests: such as Gigya makes, and, by changing them step by step, such as somebody else would make. They
 * are signed with the JDK alone, not with the library that verifies them.
 */
public final class GigyaTokens {

    // To sign takes long, and RS256 signs the same text in the same way each time (RFC 8017, section 8.2).
    private static final Map<List<Object>, String> RS256 = new ConcurrentHashMap<>();

    private static final JsonMapper JSON = new JsonMapper();

    private final GigyaKey key;
    private final Map<String, Object> header;
    private final Map<String, Object> claims;

    private GigyaTokens(GigyaKey key, Map<String, Object> header, Map<String, Object> claims) {
        this.key = key;
        this.header = header;
        this.claims = claims;
    }

    /** {@return the answer of accounts.getJWT for an account without fields, valid for 60 seconds} */
    public static GigyaTokens account(GigyaKey key, String apiKey, String uid, Instant now) {
        return of(key, apiKey, uid, now).with("apiKey", apiKey);
    }

    /** {@return the token that a sign-in answers where include holds id_token} */
    public static GigyaTokens signIn(GigyaKey key, String apiKey, String uid, Instant now) {
        return of(key, apiKey, uid, now).with("isLoggedIn", true).withHeader("dc", "us1");
    }

    /** {@return the token that comes along with a webhook's body} */
    public static GigyaTokens webhook(GigyaKey key, String apiKey, Instant now) {
        return of(key, apiKey, "zmGIzJ2s8KHSN1NxqQWsyuEN0TGFfXmmxBJk3UEf0jA", now)
                .with("jti", "8693aa10-9c75-48c9-a959-6ef1ae2b6b54");
    }

    /** {@return the token that comes along with this body} */
    public static GigyaTokens webhook(GigyaKey key, String apiKey, byte[] body, Instant now) {
        return webhook(key, apiKey, now).with("sub", base64Url(sha256(body)));
    }

    /** {@return the SHA-256 of a body} */
    public static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GigyaTokens of(GigyaKey key, String apiKey, String uid, Instant now) {
        var header = new LinkedHashMap<String, Object>();
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        header.put("kid", key.id());
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", "https://fidm.gigya.com/jwt/" + apiKey + "/");
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 60);
        claims.put("sub", uid);
        return new GigyaTokens(key, header, claims);
    }

    public GigyaTokens with(String claim, Object value) {
        var changed = new LinkedHashMap<>(claims);
        changed.put(claim, value);
        return new GigyaTokens(key, header, changed);
    }

    public GigyaTokens without(String claim) {
        var changed = new LinkedHashMap<>(claims);
        changed.remove(claim);
        return new GigyaTokens(key, header, changed);
    }

    public GigyaTokens withHeader(String member, Object value) {
        var changed = new LinkedHashMap<>(header);
        changed.put(member, value);
        return new GigyaTokens(key, changed, claims);
    }

    public GigyaTokens withoutHeader(String member) {
        var changed = new LinkedHashMap<>(header);
        changed.remove(member);
        return new GigyaTokens(key, changed, claims);
    }

    /** {@return the token's text, signed with its own key by RS256} */
    public String signed() {
        return signedBy(key);
    }

    /** {@return the token's text, naming its own key but signed with another by RS256} */
    public String signedBy(GigyaKey other) {
        return signedBy("SHA256withRSA", other.pair().getPrivate());
    }

    /** {@return the token's text, signed by an algorithm under its name in Java} */
    public String signedBy(String algorithm, PrivateKey privateKey) {
        return signed(headerJson(), payloadJson(), algorithm, privateKey);
    }

    /** {@return header and payload, encoded, with the dot between them} */
    public String signedPart() {
        return base64Url(headerJson()) + "." + base64Url(payloadJson());
    }

    /** {@return the header, not encoded} */
    public String headerJson() {
        return json(header);
    }

    /** {@return the claims, not encoded} */
    public String payloadJson() {
        return json(claims);
    }

    /** {@return a token of any text as header and payload, rightly signed by RS256} */
    public static String signed(String headerJson, String payloadJson, GigyaKey key) {
        return signed(headerJson, payloadJson, "SHA256withRSA", key.pair().getPrivate());
    }

    private static String signed(String headerJson, String payloadJson, String algorithm, PrivateKey privateKey) {
        var signedPart = base64Url(headerJson) + "." + base64Url(payloadJson);
        return signedPart + "." + signature(signedPart, algorithm, privateKey);
    }

    static String signature(String signedPart, String algorithm, PrivateKey privateKey) {
        return algorithm.equals("SHA256withRSA")
                ? RS256.computeIfAbsent(
                        List.of(signedPart, privateKey), unsigned -> newSignature(signedPart, algorithm, privateKey))
                : newSignature(signedPart, algorithm, privateKey);
    }

    private static String newSignature(String signedPart, String algorithm, PrivateKey privateKey) {
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(signedPart.getBytes(StandardCharsets.US_ASCII));
            return base64Url(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64Url(String text) {
        return base64Url(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return base64url without padding} */
    public static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
