package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GigyaSimulatorTest extends SimulatorTest {

    @Test
    void calls_are_counted_and_kept_with_their_parameters() throws IOException {
        simulator.calls().reset();
        client.call("accounts.getJWTPublicKey", Map.of("V2", "true", "colour", "blue"));
        client.call("accounts.getJWTPublicKey", Map.of("V2", "false"));
        client.get("/js/gigya.js?apikey=" + site.apiKey());
        assertThat(simulator.calls().counts())
                .containsExactly(Map.entry("accounts.getJWTPublicKey", 2), Map.entry("gigya.js", 1));
        assertThat(simulator.calls().of("accounts.getJWTPublicKey").get(0).parameters())
                .containsEntry("V2", "true");
        assertThat(simulator.calls().of("accounts.getJWTPublicKey").get(0).unknownParameters())
                .containsExactly("colour");
        assertThat(simulator.calls().lastOf("accounts.getJWTPublicKey").parameter("V2"))
                .hasValue("false");
        assertThat(simulator.calls().all()).hasSize(3);
        simulator.calls().reset();
        assertThat(simulator.calls().count("accounts.getJWTPublicKey")).isZero();
    }

    @Test
    void who_came_to_accept_the_certificate_reads_to_go_on() throws IOException {
        assertThat(client.get("/").body()).contains("go on with Keycloak's login page");
    }

    @Test
    void any_token_can_be_signed_with_the_services_own_key() throws Exception {
        var token = SignedJWT.parse(simulator.signToken(
                Map.of("alg", "RS256", "typ", "JWT", "kid", simulator.signingKeyId()),
                Map.of("iss", site.issuer(), "jti", "nonce", "sub", "hash")));
        assertThat(token.verify(new RSASSAVerifier(simulator.signingPublicKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getJWTID()).isEqualTo("nonce");
    }

    @Test
    void the_tokens_of_a_browser_can_be_had_without_a_call() throws Exception {
        simulator.calls().reset();
        var account = site.add(Account.builder());
        var signIn = SignedJWT.parse(simulator.signInToken(site, account)).getJWTClaimsSet();
        assertThat(signIn.getSubject()).isEqualTo(account.uid());
        assertThat(signIn.getClaim("isLoggedIn")).isEqualTo(true);
        var forAudience = SignedJWT.parse(simulator.accountToken(site, account, "somebody"))
                .getJWTClaimsSet();
        assertThat(forAudience.getAudience()).containsExactly("somebody");
        assertThat(forAudience.getClaim("apiKey")).isEqualTo(site.apiKey());
        assertThat(simulator.calls().all()).isEmpty();
    }

    @Test
    void the_authority_is_written_as_pem_and_as_trust_store(@TempDir Path directory) throws Exception {
        assertThat(Files.readString(simulator.writeCertificate(directory.resolve("ca.pem"))))
                .startsWith("-----BEGIN CERTIFICATE-----");
        var file = simulator.writeTrustStore(directory.resolve("trust.p12"), "changeit");
        var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        assertThat(store.getCertificate("gigya-simulator")).isEqualTo(simulator.certificate());
    }

    @Test
    void an_authority_that_is_kept_is_trusted_after_the_next_start_and_is_nobody_elses_to_read(@TempDir Path directory)
            throws Exception {
        var file = directory.resolve("authority.p12");
        X509Certificate before;
        try (var first = GigyaSimulator.startFor("gigya.localhost", 0, file)) {
            before = first.certificate();
            assertThat(first.apiDomain()).startsWith("gigya.localhost:");
        }

        try (var second = GigyaSimulator.startFor("gigya.localhost", 0, file)) {
            assertThat(second.certificate()).isEqualTo(before);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_sibling_listens_where_the_first_one_said_before() {
        var domains = simulator.apiDomains();
        try (var sibling = simulator.startSibling();
                var another = sibling.startSibling()) {
            assertThat(domains).startsWith(simulator.apiDomain()).contains(sibling.apiDomain(), another.apiDomain());
            assertThat(sibling.apiDomain()).isNotEqualTo(another.apiDomain());
            assertThat(sibling.apiDomains()).containsAll(domains.subList(1, domains.size()));
        }
    }

    @Test
    void a_data_center_is_known_to_browsers_by_the_custom_domain() {
        try (var dataCenter = simulator.startDataCenter("*.us1.gigya.com")) {
            assertThat(dataCenter.apiDomain()).isEqualTo(simulator.apiDomain());
            assertThat(dataCenter.port()).isNotEqualTo(simulator.port());
            assertThat(dataCenter.signingKeyId()).isNotEqualTo(simulator.signingKeyId());
        }
    }

    @Test
    void a_busy_port_is_told_in_one_line() {
        int port = simulator.uri("/").getPort();
        assertThatThrownBy(() -> GigyaSimulator.start(port))
                .hasMessage("port " + port + " is in use")
                .hasCauseInstanceOf(BindException.class);
    }

    @Test
    void sites_and_accounts_in_the_wrong_shape_are_refused() {
        assertThatThrownBy(() -> Site.builder().apiKey("3_short")).isInstanceOf(IllegalArgumentException.class);
        assertThat(site.apiKey()).hasSize(66);
        assertThatThrownBy(() -> Account.builder().profile("shoeSize", 42))
                .isInstanceOf(IllegalArgumentException.class);
        site.add(Account.builder().uid("taken"));
        assertThatThrownBy(() -> site.add(Account.builder().uid("taken"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rsa_application_keys_come_in_both_encodings() {
        assertThat(RSA_APPLICATION.privateKeyAsPkcs1()).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(RSA_APPLICATION.privateKeyAsPkcs8()).startsWith("-----BEGIN PRIVATE KEY-----\n");
    }
}
