package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at requests as a server sees them, and checks them with nothing but Java's own cryptography. */
class RequestAuthorizationTest extends AtLocalServer {

    private static final String ACCOUNT = "{\"errorCode\":0,\"UID\":\"%s\",\"isActive\":true}";
    private static final KeyPair KEYS = RsaKeyPemTest.KEYS;

    @Test
    void a_signed_request_carries_a_signature_that_the_server_can_recompute() throws Exception {
        call("uid-1", RequestAuthorization.signature(Optional.of("AKey"), Secret.parse(Clients.SECRET)));

        var form = server.onlyRequest().form();
        assertThat(form).containsEntry("userKey", "AKey").containsEntry("apiKey", "3_site-key");
        assertThat(form).containsEntry("format", "json").containsEntry("httpStatusCodes", "false");
        assertThat(form).doesNotContainKey("secret");
        assertThat(form.get("sig")).isEqualTo(recomputedSignature(server.onlyRequest()));
        assertThat(Instant.ofEpochSecond(Long.parseLong(form.get("timestamp"))))
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
    }

    @Test
    void a_partner_secret_needs_no_user_key() throws Exception {
        call("uid-1", RequestAuthorization.signature(Optional.empty(), Secret.parse(Clients.SECRET)));

        assertThat(server.onlyRequest().form()).doesNotContainKey("userKey");
        assertThat(server.onlyRequest().form("sig")).isEqualTo(recomputedSignature(server.onlyRequest()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_guid_+a/b==", "a b&c=d%20e", "quote\"'<>\\", "ümläut-€-😀", "*~!()-._"})
    void any_uid_survives_form_and_signature(String uid) throws Exception {
        call(uid, Clients.SIGNED);

        assertThat(server.onlyRequest().form("UID")).isEqualTo(uid);
        assertThat(server.onlyRequest().form("sig")).isEqualTo(recomputedSignature(server.onlyRequest()));
    }

    @Test
    void every_request_has_a_nonce_of_its_own() throws Exception {
        for (int i = 0; i < 3; i++) {
            call("uid-1", Clients.SIGNED);
        }

        assertThat(nonces()).hasSize(3).doesNotHaveDuplicates().allMatch(nonce -> nonce.length() >= 20);
    }

    private List<String> nonces() {
        return server.requests().stream().map(request -> request.form("nonce")).toList();
    }

    @Test
    void a_secret_is_sent_as_it_stands() throws Exception {
        call("uid-1", RequestAuthorization.secret(Optional.of("AKey"), Secret.parse(Clients.SECRET)));

        assertThat(server.onlyRequest().form())
                .containsEntry("secret", Clients.SECRET)
                .containsEntry("userKey", "AKey")
                .doesNotContainKeys("sig", "nonce", "timestamp");
    }

    @Test
    void a_bearer_token_is_signed_by_the_applications_key() throws Exception {
        call("uid-1", RequestAuthorization.bearer("AKey", KEYS.getPrivate()));

        var request = server.onlyRequest();
        assertThat(request.form()).containsOnlyKeys("UID", "apiKey", "format", "httpStatusCodes", "include");
        var parts = request.headers().get("authorization").split(" ")[1].split("\\.");
        assertThat(request.headers().get("authorization")).startsWith("Bearer ");
        assertThat(json(parts[0])).isEqualTo(new JsonMapper().readTree("""
                        {"typ":"JWT","alg":"RS256","kid":"AKey"}"""));
        assertThat(json(parts[1]).fieldNames()).toIterable().containsExactlyInAnyOrder("iat", "jti");
        assertThat(Instant.ofEpochSecond(json(parts[1]).path("iat").longValue()))
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
        assertThat(isSignedByApplication(parts)).isTrue();
    }

    @Test
    void every_bearer_token_has_an_id_of_its_own() throws Exception {
        var bearer = RequestAuthorization.bearer("AKey", KEYS.getPrivate());
        call("uid-1", bearer);
        call("uid-1", bearer);

        assertThat(server.requests().stream()
                        .map(request -> request.headers().get("authorization"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void a_key_that_cant_sign_rs256_is_refused_at_once() {
        var elliptic = RsaKeyPemTest.keys("EC", 256).getPrivate();
        var shortKey = RsaKeyPemTest.keys("RSA", 1024).getPrivate();

        assertThatIllegalArgumentException().isThrownBy(() -> RequestAuthorization.bearer("AKey", elliptic));
        assertThatIllegalArgumentException().isThrownBy(() -> RequestAuthorization.bearer("AKey", shortKey));
    }

    @Test
    void nothing_of_a_request_is_in_its_address_and_no_cookie_goes_along() throws Exception {
        server.does(
                Behaviour.http("200 OK", "Set-Cookie: glt=session; Path=/; Secure\r\n", ACCOUNT.formatted("uid-1")));
        clients.of(server.site()).getAccountInfo(new Uid("uid-1"));
        clients.of(server.site()).getAccountInfo(new Uid("uid-1"));

        assertThat(server.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.line()).isEqualTo("POST /accounts.getAccountInfo HTTP/1.1");
            assertThat(request.headers()).doesNotContainKey("cookie");
            assertThat(request.headers().get("content-type")).startsWith("application/x-www-form-urlencoded");
        });
    }

    private void call(String uid, RequestAuthorization authorization) throws IOException, GigyaException {
        server.does(Behaviour.json(new JsonMapper()
                .createObjectNode()
                .put("errorCode", 0)
                .put("UID", uid)
                .put("isActive", true)
                .toString()));
        clients.of(server.site(), authorization).getAccountInfo(new Uid(uid));
    }

    private String recomputedSignature(ReceivedRequest request) throws GeneralSecurityException {
        var parameters = new TreeMap<>(request.form());
        parameters.remove("sig");
        var query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + rfc3986(parameter.getValue()))
                .collect(Collectors.joining("&"));
        var url = "https://localhost:" + server.port() + "/accounts.getAccountInfo";
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(Clients.SECRET), "HmacSHA1"));
        var hmac = mac.doFinal(("POST&" + rfc3986(url) + "&" + rfc3986(query)).getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(hmac);
    }

    private static String rfc3986(String text) {
        var encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            var character = (char) octet;
            if (octet > 0 && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0)) {
                encoded.append(character);
            } else {
                encoded.append("%%%02X".formatted(octet & 0xff));
            }
        }
        return encoded.toString();
    }

    private static JsonNode json(String part) throws IOException {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(part));
    }

    private static boolean isSignedByApplication(String[] parts) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }
}
