package io.github.keycloakgigya.simulator;

import static io.github.keycloakgigya.simulator.SimulatorClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowserSessionTest extends SimulatorTest {

    private static final String[] PAGE = {"Origin", "http://localhost:8080", "Referer", "http://localhost:8080/"};

    private final Account account =
            site.add(Account.builder().username("ann").password("secret").profile("firstName", "Ann"));

    @Test
    void a_login_sets_the_session_cookie_and_lets_the_page_read_the_answer() throws IOException {
        var headers = client.send("accounts.login", loginParameters(), PAGE).headers();
        assertThat(headers.firstValue("Set-Cookie").orElseThrow())
                .startsWith("glt_" + site.apiKey() + "=")
                .contains("; Path=/", "; Secure", "; SameSite=None");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).hasValue("http://localhost:8080");
        assertThat(headers.firstValue("Access-Control-Allow-Credentials")).hasValue("true");
    }

    @Test
    void a_session_is_shown_by_parameter_or_cookie() throws Exception {
        var token = login();
        var asParameter = client.call("accounts.getJWT", Map.of("apiKey", site.apiKey(), "login_token", token));
        assertThat(claims(asParameter).getSubject()).isEqualTo(account.uid());
        var cookie = "other=1; glt_" + site.apiKey() + "=" + token + "|UUID=1";
        var asCookie = client.call(
                "accounts.getAccountInfo", Map.of("apiKey", site.apiKey(), "include", "id_token"), "Cookie", cookie);
        assertThat(claims(asCookie).getClaim("isLoggedIn")).isEqualTo(true);
        assertThat(asCookie.path("signatureTimestamp").isTextual()).isTrue();
    }

    @Test
    void without_a_session_or_with_that_of_another_site_nobody_is_there() {
        assertRefused(client.call("accounts.getAccountInfo", Map.of("apiKey", site.apiKey())), 403005);
        var sibling = simulator.addSite(Site.builder().inGroupOf(site));
        assertRefused(
                client.call("accounts.getJWT", Map.of("apiKey", sibling.apiKey(), "login_token", login())), 403005);
    }

    @Test
    void a_browser_ends_its_own_session() throws IOException {
        var first = login();
        var second = login();
        var answer = client.send("accounts.logout", Map.of("apiKey", site.apiKey(), "login_token", first), PAGE);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertRefused(info(first), 403005);
        assertOk(info(second));
    }

    @Test
    void a_server_ends_all_sessions_of_a_uid() {
        var first = login();
        var second = login();
        var answer = assertOk(client.callSigned(site, "accounts.logout", Map.of("UID", account.uid())));
        assertThat(answer.path("connectedProviders").asText()).isEqualTo("site");
        assertThat(answer.path("UID").asText()).isEqualTo(account.uid());
        assertThat(answer.path("logoutActiveSession").asBoolean()).isTrue();
        assertRefused(info(first), 403005);
        assertRefused(info(second), 403005);
        assertThat(simulator.openSessions(account)).isZero();
    }

    @Test
    void a_disabled_account_keeps_its_session_and_a_deleted_one_loses_it() {
        var leaving = site.add(Account.builder().username("bob").password("secret"));
        var token = client.call("accounts.login", with(loginParameters(), "loginID", "bob"))
                .path("sessionInfo")
                .path("cookieValue")
                .asText();
        leaving.setActive(false);
        assertThat(assertOk(info(token)).path("isActive").asBoolean()).isFalse();
        site.delete(leaving);
        assertRefused(info(token), 403005);
    }

    @Test
    void a_page_of_a_domain_that_the_site_does_not_allow_is_refused() throws IOException {
        var answer = client.send(
                "accounts.login",
                loginParameters(),
                "Origin",
                "https://evil.example",
                "Referer",
                "https://evil.example/");
        assertThat(answer.body()).contains("400120");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void a_page_that_sends_no_referer_is_refused() {
        assertRefused(client.call("accounts.login", loginParameters(), "Origin", "http://localhost:8080"), 403015);
        assertRefused(client.call("accounts.login", loginParameters(), "Sec-Fetch-Mode", "no-cors"), 403015);
    }

    @Test
    void the_script_is_served_to_known_sites_only() throws IOException {
        var script = client.get("/js/gigya.js?apikey=" + site.apiKey() + "&lang=de");
        assertThat(script.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(script.body()).contains("window.gigya =");
        assertThat(client.get("/js/gigya.js?apikey=3_unknown").body()).doesNotContain("window.gigya =");
        assertThat(client.get("/js/gigya.js").body()).doesNotContain("window.gigya =");
    }

    private Map<String, String> loginParameters() {
        return Map.of("apiKey", site.apiKey(), "loginID", "ann", "password", "secret");
    }

    private String login() {
        return assertOk(client.call("accounts.login", loginParameters()))
                .path("sessionInfo")
                .path("cookieValue")
                .asText();
    }

    private JsonNode info(String token) {
        return client.call("accounts.getAccountInfo", Map.of("apiKey", site.apiKey(), "login_token", token));
    }
}
