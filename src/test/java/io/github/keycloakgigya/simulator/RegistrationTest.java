package io.github.keycloakgigya.simulator;

import static io.github.keycloakgigya.simulator.SimulatorClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrationTest extends SimulatorTest {

    private final Site strict = simulator.addSite(Site.builder()
            .requiredField("data.terms")
            .requiredField("profile.lastName")
            .verifiedEmailRequired());

    @Test
    void a_registration_that_lacks_nothing_ends_in_a_session() {
        var answer = assertOk(register(site, "ann@example.com", Map.of("profile", "{\"firstName\":\"Ann\"}")));
        assertThat(answer.path("newUser").asBoolean()).isTrue();
        assertThat(answer.path("sessionInfo").path("cookieValue").asText()).isNotEmpty();
        assertThat(site.accountByLoginId("ann@example.com")).hasValueSatisfying(account -> {
            assertThat(account.isRegistered()).isTrue();
            assertThat(account.emails().unverified()).containsExactly("ann@example.com");
        });
    }

    @Test
    void missing_fields_and_the_unverified_address_keep_a_registration_pending() {
        var pending = register(strict, "bob@example.com", Map.of());
        assertRefused(pending, 206001);
        assertThat(pending.path("errorDetails").asText())
                .isEqualTo("Missing required fields for registration: data.terms, profile.lastName");
        var regToken = pending.path("regToken").asText();

        assertRefused(finalizeRegistration(regToken), 206001);
        assertOk(client.call(
                "accounts.setAccountInfo",
                Map.of(
                        "apiKey",
                        strict.apiKey(),
                        "regToken",
                        regToken,
                        "data",
                        "{\"terms\":true}",
                        "profile",
                        "{\"lastName\":\"Bell\"}")));
        var unverified = finalizeRegistration(regToken);
        assertRefused(unverified, 206002);
        assertThat(unverified.path("isRegistered").asBoolean()).isTrue();

        strict.accountByLoginId("bob@example.com").orElseThrow().verifyEmails();
        assertThat(finalizeRegistration(regToken)
                        .path("sessionInfo")
                        .path("cookieValue")
                        .asText())
                .isNotEmpty();
        assertRefused(finalizeRegistration(regToken), 400006);
    }

    @Test
    void an_address_registers_once() {
        assertOk(register(site, "carl@example.com", Map.of()));
        var answer = register(site, "carl@example.com", Map.of());
        assertRefused(answer, 400009);
        assertThat(answer.path("validationErrors").path(0).path("fieldName").asText())
                .isEqualTo("email");
        assertThat(answer.path("validationErrors").path(0).path("errorCode").asInt())
                .isEqualTo(400003);
    }

    @Test
    void a_registration_token_is_needed_and_is_its_sites() {
        var parameters = Map.of("apiKey", site.apiKey(), "email", "dora@example.com", "password", "secret");
        assertRefused(client.call("accounts.register", parameters), 400002);
        assertRefused(client.call("accounts.register", with(parameters, "regToken", "invented")), 400006);
        assertRefused(client.call("accounts.register", with(parameters, "regToken", regToken(strict))), 400006);
        assertThat(site.accountByLoginId("dora@example.com")).isEmpty();
    }

    @Test
    void profile_fields_that_gigya_lacks_and_broken_json_are_refused() {
        assertRefused(register(site, "e@example.com", Map.of("profile", "{\"shoeSize\":42}")), 400006);
        assertRefused(register(site, "e@example.com", Map.of("data", "[1]")), 400004);
        assertThat(site.accountByLoginId("e@example.com")).isEmpty();
    }

    private JsonNode register(Site at, String email, Map<String, String> more) {
        return client.call(
                "accounts.register",
                with(
                        more,
                        "apiKey",
                        at.apiKey(),
                        "regToken",
                        regToken(at),
                        "email",
                        email,
                        "password",
                        "secret",
                        "finalizeRegistration",
                        "true"));
    }

    private String regToken(Site at) {
        return client.call("accounts.initRegistration", Map.of("apiKey", at.apiKey()))
                .path("regToken")
                .asText();
    }

    private JsonNode finalizeRegistration(String regToken) {
        return client.call("accounts.finalizeRegistration", Map.of("apiKey", strict.apiKey(), "regToken", regToken));
    }
}
