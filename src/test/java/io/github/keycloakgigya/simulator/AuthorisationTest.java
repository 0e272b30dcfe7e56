package io.github.keycloakgigya.simulator;

import static io.github.keycloakgigya.simulator.SimulatorClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloakgigya.token.KnownRsaKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthorisationTest extends SimulatorTest {

    private static final String METHOD = "accounts.getJWT";

    private final Account account = site.add(Account.builder().uid("_guid_a+b/c="));

    @Test
    void a_signature_of_the_partner_secret_authorises() {
        assertOk(signed(site.partnerSecret(), target()));
    }

    @Test
    void a_signature_of_an_application_key_authorises() {
        assertOk(signed(APPLICATION.secret(), with(target(), "userKey", APPLICATION.userKey())));
    }

    @Test
    void a_signature_of_another_secret_is_refused() {
        assertRefused(signed(APPLICATION.secret(), target()), 403003);
    }

    @Test
    void a_parameter_changed_after_signing_is_refused() {
        var signed = client.sign(site.partnerSecret(), METHOD, target());
        assertRefused(client.call(METHOD, with(signed, "targetUID", "another")), 403003);
    }

    @Test
    void a_parameter_added_after_signing_is_refused() {
        var signed = client.sign(site.partnerSecret(), METHOD, target());
        assertRefused(client.call(METHOD, with(signed, "fields", "email")), 403003);
    }

    @Test
    void a_signature_for_another_method_is_refused() {
        assertRefused(
                client.call(METHOD, client.sign(site.partnerSecret(), "accounts.getAccountInfo", target())), 403003);
    }

    @Test
    void a_nonce_works_once() {
        var signed = client.sign(site.partnerSecret(), METHOD, target());
        assertOk(client.call(METHOD, signed));
        assertRefused(client.call(METHOD, signed), 403004);
    }

    @Test
    void a_timestamp_more_than_120_seconds_off_is_refused_with_both_times() throws IOException {
        for (var skew : new int[] {-125, 125}) {
            var timestamp = Long.toString(Instant.now().plusSeconds(skew).getEpochSecond());
            var signed = client.sign(site.partnerSecret(), METHOD, with(target(), "timestamp", timestamp));
            var answer = client.call(METHOD, signed);
            assertRefused(answer, 403002);
            assertThat(answer.path("errorMessage").asText()).isEqualTo("Request has expired");
            assertThat(answer.path("errorDetails").asText())
                    .startsWith("The requests timestamp skew more than 120 seconds from the server time.")
                    .endsWith("Request timestamp: " + timestamp);
        }
    }

    @Test
    void a_timestamp_of_115_seconds_ago_is_taken() {
        var timestamp = Long.toString(Instant.now().minusSeconds(115).getEpochSecond());
        assertOk(signed(site.partnerSecret(), with(target(), "timestamp", timestamp)));
    }

    @Test
    void milliseconds_are_no_timestamp() {
        assertRefused(
                signed(site.partnerSecret(), with(target(), "timestamp", Long.toString(System.currentTimeMillis()))),
                403002);
    }

    @Test
    void the_date_header_tells_a_client_how_far_its_clock_is_off() throws IOException {
        simulator.faults().setClockOffset(Duration.ofMinutes(10));
        assertRefused(signed(site.partnerSecret(), target()), 403002);
        var date = client.get("/accounts.getJWTPublicKey")
                .headers()
                .firstValue("Date")
                .orElseThrow();
        var serverTime =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        assertThat(Duration.between(Instant.now(), serverTime))
                .isBetween(Duration.ofSeconds(590), Duration.ofSeconds(610));
        var corrected = Long.toString(serverTime.getEpochSecond());
        assertOk(signed(site.partnerSecret(), with(target(), "timestamp", corrected)));
    }

    @Test
    void the_secret_itself_authorises_over_tls() {
        assertOk(client.callAsPartner(site, METHOD, target()));
        assertOk(client.call(METHOD, with(target(), "userKey", APPLICATION.userKey(), "secret", APPLICATION.secret())));
    }

    @Test
    void a_wrong_secret_is_refused() {
        var answer = client.call(METHOD, with(target(), "secret", APPLICATION.secret()));
        assertRefused(answer, 403010);
        assertThat(answer.path("errorDetails").asText()).isEqualTo("Invalid parameter: secret");
        assertThat(answer.path("errorMessage").asText()).isEqualTo("Invalid Secret");
    }

    @Test
    void an_unknown_user_key_is_refused() {
        var answer = client.call(METHOD, with(target(), "userKey", "Anobody", "secret", APPLICATION.secret()));
        assertRefused(answer, 403005);
        assertThat(answer.path("errorDetails").asText()).isEqualTo("The supplied userkey was not found");
    }

    @Test
    void an_rsa_key_authorises_as_bearer_once() throws JOSEException {
        var token = bearer(RSA_APPLICATION, RSA_APPLICATION.userKey(), Instant.now());
        assertOk(client.call(METHOD, target(), "Authorization", "Bearer " + token));
        assertRefused(client.call(METHOD, target(), "Authorization", "Bearer " + token), 400008);
    }

    @Test
    void a_bearer_token_that_is_wrong_in_any_way_is_refused() throws JOSEException {
        var stranger = RsaApplicationKey.of(KnownRsaKeys.number(1));
        assertBearerRefused(bearer(stranger, RSA_APPLICATION.userKey(), Instant.now()));
        assertBearerRefused(bearer(RSA_APPLICATION, "Anobody", Instant.now()));
        assertBearerRefused(bearer(RSA_APPLICATION, APPLICATION.userKey(), Instant.now()));
        assertBearerRefused(
                bearer(RSA_APPLICATION, RSA_APPLICATION.userKey(), Instant.now().minusSeconds(200)));
        assertBearerRefused("nonsense");
    }

    @Test
    void another_authorization_scheme_is_a_malformed_request() {
        assertRefused(client.call(METHOD, target(), "Authorization", "Basic YTpi"), 400001);
    }

    @Test
    void two_ways_of_authorisation_at_once_are_refused() {
        assertRefused(signed(site.partnerSecret(), with(target(), "secret", site.partnerSecret())), 400001);
    }

    @Test
    void without_credentials_a_uid_opens_nothing() {
        var answer = client.call(METHOD, target());
        assertRefused(answer, 403005);
        assertThat(answer.path("errorDetails").asText()).isEqualTo("Unauthorized user");
        assertThat(answer.path("ignoredParams").path(0).path("paramName").asText())
                .isEqualTo("targetUID");
    }

    @Test
    void an_unknown_or_missing_api_key_is_refused() {
        assertRefused(client.call(METHOD, Map.of("apiKey", "3_unknown")), 400093);
        assertRefused(client.call(METHOD, Map.of()), 400002);
    }

    @Test
    void the_key_of_another_site_is_refused() {
        var other = simulator.addSite(Site.builder());
        assertRefused(client.call(METHOD, with(target(), "secret", other.partnerSecret())), 403010);
    }

    private Map<String, String> target() {
        return Map.of("apiKey", site.apiKey(), "targetUID", account.uid());
    }

    private JsonNode signed(String secret, Map<String, String> parameters) {
        return client.call(METHOD, client.sign(secret, METHOD, parameters));
    }

    private void assertBearerRefused(String token) {
        assertRefused(client.call(METHOD, target(), "Authorization", "Bearer " + token), 400008);
    }

    private static String bearer(RsaApplicationKey key, String userKey, Instant issuedAt) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(userKey)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issueTime(Date.from(issuedAt))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        token.sign(new RSASSASigner(key.privateKey().orElseThrow()));
        return token.serialize();
    }
}
