package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakgigya.token.KnownRsaKeys;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeyPemTest {

    static final KeyPair KEYS = KnownRsaKeys.number(0);

    enum Field {
        AS_IT_STANDS(pem -> pem),
        WITH_WINDOWS_LINE_BREAKS(pem -> pem.replace("\n", "\r\n")),
        LINE_BREAKS_SWALLOWED(pem -> pem.replace("\n", "")),
        LINE_BREAKS_TURNED_TO_SPACES(pem -> pem.replace("\n", " ")),
        LINE_BREAKS_ESCAPED(pem -> pem.replace("\n", "\\n")),
        WITH_WHITE_SPACE_AROUND(pem -> "  \n" + pem + "\n\n ");

        private final UnaryOperator<String> change;

        Field(UnaryOperator<String> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_pkcs_8_key_is_read_from_any_field(Field field) {
        assertThat(RsaKeyPem.parse(field.change.apply(pkcs8(KEYS)))).isEqualTo(KEYS.getPrivate());
    }

    @ParameterizedTest
    @EnumSource
    void a_pkcs_1_key_is_read_from_any_field(Field field) {
        assertThat(RsaKeyPem.parse(field.change.apply(pkcs1(KEYS)))).isEqualTo(KEYS.getPrivate());
    }

    @Test
    void a_long_key_is_read() {
        var keys = KnownRsaKeys.of4096Bits();

        assertThat(RsaKeyPem.parse(pkcs1(keys))).isEqualTo(keys.getPrivate());
    }

    @Test
    void a_key_too_short_for_rs256_is_refused() {
        assertRefused(pkcs8(keys("RSA", 1024)), "2048 bits");
    }

    @Test
    void a_key_of_another_kind_is_refused() {
        assertRefused(pkcs8(keys("EC", 256)), "no RSA key");
    }

    @Test
    void a_public_key_is_refused() {
        assertRefused(pem("PUBLIC KEY", KEYS.getPublic().getEncoded()), "such as a public key");
    }

    @Test
    void an_encrypted_key_is_refused() {
        assertRefused(pem("ENCRYPTED PRIVATE KEY", new byte[50]), "encrypted");
        assertRefused(
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AA\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----",
                "encrypted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----AAAA-----END PRIVATE KEY-----"
            })
    void what_is_not_pem_is_refused(String text) {
        assertRefused(text, "not PEM");
    }

    @Test
    void a_damaged_key_is_refused() {
        var pem = pkcs1(KEYS);

        assertRefused(pem.replace("\n", "!"), "damaged");
        assertRefused(pem.replaceFirst("\n.{40}", "\n"), "damaged");
        assertRefused("-----BEGIN RSA PRIVATE KEY----------END RSA PRIVATE KEY-----", "damaged");
    }

    private static void assertRefused(String pem, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaKeyPem.parse(pem))
                .withNoCause()
                .withMessageContaining(reason);
    }

    static String pkcs8(KeyPair keys) {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    static String pkcs1(KeyPair keys) {
        try {
            var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
            return pem(
                    "RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] der) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static KeyPair keys(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
