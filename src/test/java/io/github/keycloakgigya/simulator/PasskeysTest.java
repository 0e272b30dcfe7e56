package io.github.keycloakgigya.simulator;

import static io.github.keycloakgigya.simulator.SimulatorClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Passkeys, with an authenticator that the test plays. */
class PasskeysTest extends SimulatorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORIGIN = "http://localhost:8080";

    private final KeyPair key = newKey();
    private final Account ann = site.add(Account.builder().username("ann").password("correct horse"));
    private String session;

    @BeforeAll
    void give_ann_a_passkey() throws Exception {
        session = call("accounts.login", Map.of("loginID", "ann", "password", "correct horse"))
                .at("/sessionInfo/cookieValue")
                .asText();
        var begun = assertOk(call("accounts.auth.fido.initRegisterCredentials", Map.of("login_token", session)));
        var attestation = credential(begun, "webauthn.create", ORIGIN, "localhost");
        attestation = attestation.replace(
                "\"response\":{",
                "\"response\":{\"publicKeyAlgorithm\":-7,\"publicKey\":\""
                        + base64(key.getPublic().getEncoded()) + "\",");
        assertOk(call(
                "accounts.auth.fido.registerCredentials",
                Map.of("token", begun.path("token").asText(), "attestation", attestation)));
    }

    @Test
    void a_signature_over_the_challenge_signs_in_once() throws Exception {
        var begun = begin();
        var assertion = credential(begun, "webauthn.get", ORIGIN, "localhost");

        assertThat(assertOk(verify(begun, assertion)).path("UID").asText()).isEqualTo(ann.uid());
        assertRefused(verify(begun, assertion), 400006);
    }

    @Test
    void a_signature_of_another_key_signs_nobody_in() throws Exception {
        var begun = begin();

        assertRefused(verify(begun, credential(begun, "webauthn.get", ORIGIN, "localhost", newKey())), 403005);
    }

    @Test
    void a_page_or_a_passkey_of_another_domain_and_another_challenge_sign_nobody_in() throws Exception {
        var page = begin();
        assertRefused(verify(page, credential(page, "webauthn.get", "https://evil.example", "localhost")), 400006);
        var domain = begin();
        assertRefused(verify(domain, credential(domain, "webauthn.get", ORIGIN, "evil.example")), 400006);
        var kind = begin();
        assertRefused(verify(kind, credential(kind, "webauthn.create", ORIGIN, "localhost")), 400006);
        assertRefused(verify(begin(), credential(begin(), "webauthn.get", ORIGIN, "localhost")), 400006);
    }

    private JsonNode begin() {
        return assertOk(call("accounts.auth.fido.getAssertionOptions", Map.of()));
    }

    private JsonNode verify(JsonNode begun, String assertion) {
        return call(
                "accounts.auth.fido.verifyAssertion",
                Map.of("token", begun.path("token").asText(), "authenticatorAssertion", assertion));
    }

    private JsonNode call(String method, Map<String, String> parameters) {
        return client.call(method, with(parameters, "apiKey", site.apiKey()));
    }

    private String credential(JsonNode begun, String type, String origin, String domain) throws Exception {
        return credential(begun, type, origin, domain, key);
    }

    private static String credential(JsonNode begun, String type, String origin, String domain, KeyPair signing)
            throws Exception {
        var challenge =
                JSON.readTree(begun.path("options").asText()).path("challenge").asText();
        var client = "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\"}".formatted(type, challenge, origin);
        var data = new ByteArrayOutputStream();
        data.write(hash(domain));
        data.write(new byte[] {5, 0, 0, 0, 1});
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signing.getPrivate());
        signature.update(data.toByteArray());
        signature.update(hash(client));
        return "{\"id\":\"anns\",\"response\":{\"clientDataJSON\":\"%s\",\"authenticatorData\":\"%s\",\"signature\":\"%s\"}}"
                .formatted(
                        base64(client.getBytes(StandardCharsets.UTF_8)),
                        base64(data.toByteArray()),
                        base64(signature.sign()));
    }

    private static byte[] hash(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
