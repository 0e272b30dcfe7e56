package io.github.keycloakgigya.api.client;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The PEM text of an application's RSA private key: PKCS#1 (RFC 8017, what Gigya's console hands out) or PKCS#8 (RFC
 * 5958).
 */
public final class RsaKeyPem {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");
    // A one-line field of a form swallows line breaks or makes spaces of them; a JSON or environment file writes \n.
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s|\\\\r|\\\\n");
    private static final int MINIMUM_BITS = 2048;
    // version 0 and the algorithm rsaEncryption (1.2.840.113549.1.1.1) with no parameters, DER encoded
    private static final byte[] PKCS8_START = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private RsaKeyPem() {}

    /**
     * {@return the key of a PEM text, whose line breaks may be missing or be spaces}
     *
     * @param pem not null
     * @throws IllegalArgumentException whose message tells an administrator what is wrong, without the text
     */
    public static RSAPrivateKey parse(String pem) {
        var begin = BEGIN.matcher(pem);
        // The end of the first beginning only: a search for that of each would take hours where there are many.
        int end = begin.find() ? pem.indexOf("-----END " + begin.group(1) + "-----", begin.end()) : -1;
        if (end < 0) {
            throw new IllegalArgumentException("the private key is not PEM: it starts with"
                    + " \"-----BEGIN RSA PRIVATE KEY-----\" or \"-----BEGIN PRIVATE KEY-----\" and ends alike");
        }
        var label = begin.group(1);
        var body = pem.substring(begin.end(), end);
        var key = switch (label) {
            case "PRIVATE KEY" -> decode(body);
            case "RSA PRIVATE KEY" -> pkcs8(decode(body));
            case "ENCRYPTED PRIVATE KEY" ->
                throw new IllegalArgumentException("the private key is encrypted; decrypt it first");
            default ->
                throw new IllegalArgumentException(
                        "the PEM text holds something else than an RSA private key, such as a public key");
        };
        return rsaKey(key);
    }

    private static byte[] decode(String body) {
        if (body.contains(":")) {
            throw new IllegalArgumentException("the private key is encrypted; decrypt it first");
        }
        try {
            return Base64.getDecoder().decode(LINE_BREAKS.matcher(body).replaceAll(""));
        } catch (IllegalArgumentException e) {
            // The cause would quote a character of the key.
            throw new IllegalArgumentException("the private key's text is damaged: it is not Base64");
        }
    }

    private static RSAPrivateKey rsaKey(byte[] pkcs8) {
        RSAPrivateKey key;
        try {
            key = (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key's text is damaged, or is no RSA key");
        }
        if (key.getModulus().bitLength() < MINIMUM_BITS) {
            throw new IllegalArgumentException("the private key is too short: RS256 takes 2048 bits or more");
        }
        return key;
    }

    /** {@return a PKCS#1 key as PKCS#8, the only form that Java reads} */
    private static byte[] pkcs8(byte[] pkcs1) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(PKCS8_START);
        content.writeBytes(derValue(OCTET_STRING, pkcs1));
        return derValue(SEQUENCE, content.toByteArray());
    }

    private static byte[] derValue(int tag, byte[] content) {
        var der = new ByteArrayOutputStream();
        der.write(tag);
        var length = derLength(content.length);
        der.writeBytes(length);
        der.writeBytes(content);
        return der.toByteArray();
    }

    private static byte[] derLength(int length) {
        if (length < 0x80) {
            return new byte[] {(byte) length};
        }
        var der = new ByteArrayOutputStream();
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        der.write(0x80 | bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            der.write(length >>> shift);
        }
        return der.toByteArray();
    }
}
