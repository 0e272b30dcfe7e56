package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloakgigya.token.KnownRsaKeys;
import java.text.ParseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** What the tests of the simulator share: one simulator, and one site a class that has all kinds of keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SimulatorTest {

    static final ApplicationKey APPLICATION = ApplicationKey.random();
    static final RsaApplicationKey RSA_APPLICATION = RsaApplicationKey.of(KnownRsaKeys.number(0));

    // Never stopped: it ends with the tests.
    private static final GigyaSimulator SHARED = GigyaSimulator.start();

    final GigyaSimulator simulator = SHARED;
    final SimulatorClient client = new SimulatorClient(simulator);
    final Site site =
            simulator.addSite(Site.builder().applicationKey(APPLICATION).rsaApplicationKey(RSA_APPLICATION));

    @AfterEach
    void end_faults() {
        simulator.faults().clear();
    }

    static void assertRefused(JsonNode answer, int errorCode) {
        assertThat(answer.path("errorCode").asInt()).as(answer.toString()).isEqualTo(errorCode);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(errorCode / 1000);
        assertThat(answer.path("errorMessage").asText()).isNotEmpty();
        assertThat(answer.path("errorDetails").asText()).isNotEmpty();
    }

    static JsonNode assertOk(JsonNode answer) {
        assertThat(answer.path("errorCode").asInt(-1)).as(answer.toString()).isZero();
        return answer;
    }

    SignedJWT verified(JsonNode answer) throws ParseException, JOSEException {
        var token = SignedJWT.parse(answer.path("id_token").asText());
        assertThat(token.verify(new RSASSAVerifier(simulator.signingPublicKey())))
                .isTrue();
        return token;
    }

    JWTClaimsSet claims(JsonNode answer) throws ParseException, JOSEException {
        return verified(answer).getJWTClaimsSet();
    }
}
