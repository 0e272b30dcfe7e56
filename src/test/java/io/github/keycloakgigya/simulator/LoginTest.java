package io.github.keycloakgigya.simulator;

import static io.github.keycloakgigya.simulator.SimulatorClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginTest extends SimulatorTest {

    private final Account account = site.add(
            Account.builder().verifiedEmail("ann@example.com").username("ann").password("correct horse"));

    @Test
    void a_login_answers_the_account_and_a_session_in_seconds() throws Exception {
        var answer = assertOk(login("ANN@example.com", "correct horse", Map.of("include", "profile,id_token")));
        assertThat(answer.path("UID").asText()).isEqualTo(account.uid());
        assertThat(answer.path("profile").path("email").asText()).isEqualTo("ann@example.com");
        assertThat(answer.has("data")).isFalse();
        assertThat(answer.path("createdTimestamp").asLong()).isLessThan(10_000_000_000L);
        assertThat(answer.path("lastLoginTimestamp").asLong()).isLessThan(10_000_000_000L);
        assertThat(answer.path("lastUpdatedTimestamp").asLong()).isGreaterThan(1_000_000_000_000L);
        assertThat(answer.path("sessionInfo").path("cookieName").asText()).isEqualTo("glt_" + site.apiKey());
        assertThat(answer.path("UIDSignature").asText())
                .isEqualTo(site.signUid(
                        account.uid(), answer.path("signatureTimestamp").asLong()));
        assertThat(simulator.openSessions(account)).isPositive();
        assertThat(claims(answer).getClaims()).containsOnlyKeys("iss", "iat", "exp", "sub", "isLoggedIn");
        assertThat(claims(answer).getClaim("isLoggedIn")).isEqualTo(true);
        assertThat(verified(answer).getHeader().getCustomParam("dc")).isEqualTo("eu1");
    }

    @Test
    void a_wrong_password_and_an_unknown_person_look_the_same() {
        var wrong = login("ann", "wrong", Map.of());
        var unknown = login("nobody", "wrong", Map.of());
        for (var answer : new JsonNode[] {wrong, unknown}) {
            assertRefused(answer, 403042);
            assertThat(answer.path("errorDetails").asText()).isEqualTo("invalid loginID or password");
            assertThat(answer.path("errorMessage").asText()).isEqualTo("Invalid LoginID");
        }
        assertOk(login("ann", "correct horse", Map.of()));
    }

    @Test
    void the_fifth_wrong_password_locks_the_account() {
        var locking = site.add(Account.builder().username("bob").password("right"));
        for (int i = 0; i < 5; i++) {
            assertRefused(login("bob", "wrong", Map.of()), 403042);
        }
        assertRefused(login("bob", "right", Map.of()), 403120);
        assertThat(info(locking).path("lockedUntil").asText()).isNotEmpty();
        locking.setLocked(false);
        assertOk(login("bob", "right", Map.of()));
    }

    @Test
    void a_disabled_account_is_refused_only_to_who_knows_the_password() {
        site.add(Account.builder().username("eve").password("right").disabled());
        assertRefused(login("eve", "wrong", Map.of()), 403042);
        assertRefused(login("eve", "right", Map.of()), 403041);
    }

    @Test
    void an_unverified_account_gets_a_token_that_says_nobody_is_logged_in() throws Exception {
        site.add(Account.builder()
                .unverifiedEmail("new@example.com")
                .password("right")
                .pendingVerification());
        var answer = login("new@example.com", "right", Map.of("include", "id_token"));
        assertRefused(answer, 206002);
        assertThat(answer.path("regToken").asText()).isNotEmpty();
        assertThat(answer.path("unverifiedEmails").path(0).asText()).isEqualTo("new@example.com");
        assertThat(answer.has("sessionInfo")).isFalse();
        assertThat(claims(answer).getClaim("isLoggedIn")).isEqualTo(false);
    }

    @Test
    void a_server_gets_no_uid_signature_and_may_describe_its_client() {
        var parameters = Map.of("loginID", "ann", "password", "correct horse", "clientContext", "{\"clientIP\":\"1\"}");
        var asServer = assertOk(client.callSigned(site, "accounts.login", parameters));
        assertThat(asServer.has("UIDSignature")).isFalse();
        assertThat(asServer.has("ignoredParams")).isFalse();
        var asClient = assertOk(client.call("accounts.login", with(parameters, "apiKey", site.apiKey())));
        assertThat(asClient.path("ignoredParams").path(0).path("paramName").asText())
                .isEqualTo("clientContext");
    }

    @Test
    void missing_and_malformed_parameters_are_refused() {
        assertRefused(client.call("accounts.login", Map.of("apiKey", site.apiKey(), "loginID", "ann")), 400002);
        assertRefused(login("ann", "correct horse", Map.of("include", "profile, data")), 400006);
        assertRefused(login("ann", "correct horse", Map.of("clientContext", "none")), 400004);
    }

    @Test
    void account_info_counts_in_milliseconds_and_shows_emails_only_when_asked() {
        var answer = info(account);
        assertThat(answer.path("createdTimestamp").asLong()).isGreaterThan(1_000_000_000_000L);
        assertThat(answer.path("createdTimestamp").asLong() % 1000).isZero();
        assertThat(answer.path("isActive").asBoolean()).isTrue();
        assertThat(answer.has("emails")).isFalse();
        var emails = client.callSigned(
                        site, "accounts.getAccountInfo", Map.of("UID", account.uid(), "include", "emails,loginIDs"))
                .path("emails");
        assertThat(emails.path("verified").path(0).asText()).isEqualTo("ann@example.com");
        assertThat(emails.path("unverified")).isEmpty();
        assertRefused(client.callSigned(site, "accounts.getAccountInfo", Map.of("UID", "nobody")), 403005);
    }

    @Test
    void an_address_is_verified_by_itself_and_not_with_the_account() {
        var changing = site.add(Account.builder().verifiedEmail("old@example.com"));
        changing.unverifyEmails();
        changing.addVerifiedEmail("new@example.com");
        var answer = client.callSigned(
                site, "accounts.getAccountInfo", Map.of("UID", changing.uid(), "include", "emails,profile"));
        assertThat(answer.path("isVerified").asBoolean()).isTrue();
        assertThat(answer.path("emails").path("verified").path(0).asText()).isEqualTo("new@example.com");
        assertThat(answer.path("emails").path("unverified").path(0).asText()).isEqualTo("old@example.com");
        assertThat(answer.path("profile").path("email").asText()).isEqualTo("old@example.com");
    }

    @Test
    void login_identifiers_are_taken_or_free() {
        var parameters = Map.of("apiKey", site.apiKey());
        assertThat(client.call("accounts.isAvailableLoginID", with(parameters, "loginID", "ann"))
                        .path("isAvailable")
                        .booleanValue())
                .isFalse();
        assertThat(client.call("accounts.isAvailableLoginID", with(parameters, "loginID", "zoe"))
                        .path("isAvailable")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void every_answer_has_the_envelope() throws IOException {
        var answer = login("ann", "correct horse", Map.of("context", "R1"));
        assertThat(answer.path("callId").asText()).matches("[0-9a-f]{32}");
        assertThat(answer.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(answer.path("apiVersion").asInt()).isEqualTo(2);
        assertThat(answer.path("statusReason").asText()).isEqualTo("OK");
        assertThat(answer.path("context").asText()).isEqualTo("R1");
        assertThat(Set.of("lastLogin", "created"))
                .allSatisfy(name -> assertThat(answer.path(name).asText()).matches("[0-9T:-]{19}\\.\\d{1,3}Z"));
    }

    private JsonNode login(String loginId, String password, Map<String, String> more) {
        return client.call(
                "accounts.login", with(more, "apiKey", site.apiKey(), "loginID", loginId, "password", password));
    }

    private JsonNode info(Account of) {
        return assertOk(client.callSigned(site, "accounts.getAccountInfo", Map.of("UID", of.uid())));
    }
}
