package io.github.keycloakgigya.simulator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of the simulator's own, which issues certificates for one host. */
final class CertificateAuthority {

    private static final X500Name NAME = new X500Name("CN=Gigya simulator authority");
    private static final char[] NO_PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "authority";

    private final KeyPair keys;
    private final X509Certificate certificate;

    /** A new one, which nobody trusts yet. */
    CertificateAuthority() {
        keys = generateKeys();
        certificate = issueOwn();
    }

    private CertificateAuthority(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** {@return the authority that a PKCS#12 file keeps} Where there is no such file, it is written with a new one. */
    static CertificateAuthority keptIn(Path file) {
        try {
            if (Files.exists(file)) {
                return read(file);
            }
            var made = new CertificateAuthority();
            made.write(file);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(file + " holds no authority", broken);
        }
    }

    private static CertificateAuthority read(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, NO_PASSWORD);
        }
        var certificate = (X509Certificate) store.getCertificate(ALIAS);
        var key = (PrivateKey) store.getKey(ALIAS, NO_PASSWORD);
        return new CertificateAuthority(new KeyPair(certificate.getPublicKey(), key), certificate);
    }

    private void write(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, keys.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
        // Nobody else's to read from the first byte on.
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newOutputStream(file)) {
            store.store(out, NO_PASSWORD);
        }
    }

    X509Certificate certificate() {
        return certificate;
    }

    String certificateAsPem() {
        var pem = new StringWriter();
        try (var writer = new JcaPEMWriter(pem)) {
            writer.writeObject(certificate);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return pem.toString();
    }

    /**
     * {@return a TLS context with a new server certificate of this authority} Nobody can resume a session of another.
     *
     * @param host the name that the certificate is for, besides the loopback address
     */
    SSLContext newServerContext(String host) {
        try {
            var serverKeys = generateKeys();
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", serverKeys.getPrivate(), NO_PASSWORD, new Certificate[] {
                issueForServer(host, serverKeys), certificate
            });
            var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509Certificate issueOwn() {
        try {
            var builder = builder(NAME, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509Certificate issueForServer(String host, KeyPair serverKeys) {
        try {
            var builder = builder(new X500Name("CN=" + host), serverKeys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, host), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            return sign(builder, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys) {
        var now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                NAME,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(365))),
                subject,
                subjectKeys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static KeyPair generateKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }
}
