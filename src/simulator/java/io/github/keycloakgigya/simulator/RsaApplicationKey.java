package io.github.keycloakgigya.simulator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/**
 * A console application that authorises its requests with an RSA key.
 *
 * @param userKey names the key
 * @param publicKey what the service keeps
 * @param privateKey what the console shows once; empty where only the public key is known
 */
public record RsaApplicationKey(String userKey, RSAPublicKey publicKey, Optional<PrivateKey> privateKey) {

    /** {@return a new key of 2048 bits} */
    public static RsaApplicationKey generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return of(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    /** {@return a key under a new name} */
    public static RsaApplicationKey of(KeyPair pair) {
        return new RsaApplicationKey(
                RandomText.USER_KEY.next(), (RSAPublicKey) pair.getPublic(), Optional.of(pair.getPrivate()));
    }

    /**
     * {@return the private key as the console hands it out, {@code BEGIN RSA PRIVATE KEY}}
     *
     * @throws java.util.NoSuchElementException where only the public key is known
     */
    public String privateKeyAsPkcs1() {
        var pem = new StringWriter();
        try (var writer = new JcaPEMWriter(pem)) {
            writer.writeObject(privateKey.orElseThrow());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return pem.toString();
    }

    /**
     * {@return the private key after {@code openssl pkcs8 -topk8 -nocrypt}, {@code BEGIN PRIVATE KEY}}
     *
     * @throws java.util.NoSuchElementException where only the public key is known
     */
    public String privateKeyAsPkcs8() {
        var encoded = privateKey.orElseThrow().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** Leaves the private key out. */
    @Override
    public String toString() {
        return "RsaApplicationKey[" + userKey + "]";
    }
}
