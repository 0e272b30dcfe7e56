package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class SocialPagesTest extends SimulatorTest {

    private final Account account =
            site.add(Account.builder().verifiedEmail("ann@example.com").loginProvider("facebook"));

    @Test
    void the_accounts_of_the_provider_can_be_chosen() throws IOException {
        site.add(Account.builder().verifiedEmail("site-user@example.com"));
        var page = Jsoup.parse(client.get("/socialize.login?apiKey=" + site.apiKey()
                        + "&provider=facebook&origin=http%3A%2F%2Flocalhost%3A8080")
                .body());
        assertThat(page.select("button").eachText()).containsExactly("ann@example.com");
        assertThat(page.select("button").attr("value")).isEqualTo(account.uid());
    }

    @Test
    void a_uid_of_any_text_can_be_chosen() throws IOException {
        site.add(Account.builder().uid("a\"<b>&'").loginProvider("saml"));
        var page = Jsoup.parse(client.get("/socialize.login?apiKey=" + site.apiKey()
                        + "&provider=saml&origin=http%3A%2F%2Flocalhost%3A8080")
                .body());
        assertThat(page.select("button").attr("value")).isEqualTo("a\"<b>&'");
    }

    @Test
    void a_pop_up_posts_the_session_to_the_page_that_opened_it() throws IOException {
        var page = finish(Map.of("origin", "http://localhost:8080")).body();
        assertThat(page).contains("\"loginToken\":\"st2.s.", "\"http://localhost:8080\"");
        assertThat(simulator.openSessions(account)).isPositive();
    }

    @Test
    void a_redirect_comes_back_to_the_page_with_the_outcome_in_the_fragment() throws IOException {
        var location = location(Map.of("returnTo", "http://localhost:8080/page?a=1"));
        assertThat(location.getPath() + "?" + location.getQuery()).isEqualTo("/page?a=1");
        assertThat(outcome(location)).contains("\"errorCode\":0");
    }

    @Test
    void a_redirect_url_gets_the_persons_data_appended() throws IOException {
        var location = location(Map.of("redirectURL", "http://localhost:8080/back"));
        assertThat(location.getQuery())
                .contains("UID=" + account.uid(), "UIDSig=", "timestamp=", "loginProvider=facebook");
    }

    @Test
    void a_redirect_url_can_be_posted_to() throws IOException {
        var page = Jsoup.parse(finish(Map.of("redirectURL", "http://localhost:8080/back", "redirectMethod", "post"))
                .body());
        assertThat(page.select("form").attr("action")).startsWith("http://localhost:8080/back");
        assertThat(page.select("input[name=UID]").attr("value")).isEqualTo(account.uid());
    }

    @Test
    void nobody_is_sent_to_a_foreign_domain() throws IOException {
        assertThat(finish(Map.of("redirectURL", "https://evil.example/")).body())
                .contains("400120");
        assertThat(finish(Map.of("origin", "https://evil.example")).body()).contains("400120");
    }

    private HttpResponse<String> finish(Map<String, String> way) throws IOException {
        var parameters =
                SimulatorClient.with(way, "apiKey", site.apiKey(), "provider", "facebook", "UID", account.uid());
        return client.send("socialize.finishLogin", parameters);
    }

    private URI location(Map<String, String> way) throws IOException {
        return URI.create(finish(way).headers().firstValue("Location").orElseThrow());
    }

    private static String outcome(URI location) {
        var encoded = location.getFragment().substring("gigya_outcome=".length());
        return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
