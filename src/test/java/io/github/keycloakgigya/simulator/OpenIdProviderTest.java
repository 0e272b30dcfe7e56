package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloakgigya.simulator.OpenIdClient.Subjects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenIdProviderTest extends SimulatorTest {

    private static final String REDIRECT = "https://keycloak.example/realms/shop/broker/gigya/endpoint";
    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123";
    private static final String CHALLENGE = "v70ixSDfoBEDrDZV-0YABusoh_Ajp_a66XlJlwBHynw";

    private final OpenIdClient relyingParty = site.addOpenIdClient(REDIRECT, Subjects.PUBLIC);
    private final Account account = site.add(Account.builder()
            .verifiedEmail("ann@example.com")
            .password("correct horse")
            .profile("firstName", "Ann"));

    @Test
    void discovery_names_the_documented_addresses() throws IOException {
        var discovery = json(client.get(path("/.well-known/openid-configuration")));

        assertThat(discovery.path("issuer").asText())
                .isEqualTo("https://" + simulator.apiDomain() + "/oidc/op/v1.0/" + site.apiKey());
        assertThat(discovery.path("jwks_uri").asText()).endsWith("/.well-known/jwks");
        assertThat(json(client.get(path("/.well-known/jwks"))).at("/keys/0/kid").asText())
                .isEqualTo(simulator.signingKeyId());
    }

    @Test
    void a_code_is_exchanged_for_an_id_token_about_the_account() throws Exception {
        var tokens = json(exchange(code(), Map.of()));

        var idToken = SignedJWT.parse(tokens.path("id_token").asText());
        assertThat(idToken.verify(new RSASSAVerifier(simulator.signingPublicKey())))
                .isTrue();
        var claims = idToken.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(simulator.openIdIssuer(site));
        assertThat(claims.getSubject()).isEqualTo(account.uid());
        assertThat(claims.getAudience()).containsExactly(relyingParty.id());
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n-1");
        var userInfo = json(client.get(
                path("/userinfo"),
                "Authorization",
                "Bearer " + tokens.path("access_token").asText()));
        assertThat(userInfo.path("sub").asText()).isEqualTo(account.uid());
        assertThat(userInfo.path("email").asText()).isEqualTo("ann@example.com");
        assertThat(userInfo.path("email_verified").asBoolean()).isTrue();
        assertThat(userInfo.path("given_name").asText()).isEqualTo("Ann");
    }

    @Test
    void a_code_counts_once() throws IOException {
        var code = code();
        exchange(code, Map.of());

        assertThat(error(exchange(code, Map.of()))).isEqualTo("invalid_grant");
    }

    @Test
    void a_code_counts_only_with_what_it_was_asked_for_with() throws IOException {
        assertThat(error(exchange(code(), Map.of("redirect_uri", REDIRECT + "/"))))
                .isEqualTo("invalid_grant");
        assertThat(error(exchange(code(), Map.of("code_verifier", VERIFIER + "x"))))
                .isEqualTo("invalid_grant");
        assertThat(error(exchange(code(), Map.of("client_secret", "wrong")))).isEqualTo("invalid_client");
        var other = site.addOpenIdClient(REDIRECT, Subjects.PUBLIC);
        assertThat(error(exchange(code(), Map.of("client_id", other.id(), "client_secret", other.secret()))))
                .isEqualTo("invalid_grant");
    }

    @Test
    void nobody_is_sent_to_an_address_that_is_not_registered() {
        var request = request(Map.of("redirect_uri", "https://evil.example/"));

        assertThatThrownBy(() -> simulator.authorize(site, request, account))
                .hasMessageContaining("redirect_uri is not registered");
    }

    @Test
    void a_browser_without_a_session_signs_in_on_the_sites_page_first() throws IOException {
        var page = client.get(request(Map.of())
                .toString()
                .substring(simulator.uri("").toString().length()));
        var context = page.body().replaceAll("(?s).*data-context=\"([0-9a-f]+)\".*", "$1");
        var login = assertOk(client.callAsPartner(
                site, "accounts.login", Map.of("loginID", "ann@example.com", "password", "correct horse")));

        var back = client.get(path("/authorize/continue?context=" + context + "&login_token="
                + login.at("/sessionInfo/cookieValue").asText()));

        assertThat(json(exchange(codeIn(location(back)), Map.of())).has("id_token"))
                .isTrue();
        assertThat(error(client.get(path("/authorize/continue?context=" + context))))
                .isEqualTo("invalid_request");
    }

    @Test
    void without_a_session_and_a_page_a_login_is_required() throws IOException {
        var address = request(Map.of("prompt", "none")).toString();

        var back = client.get(address.substring(simulator.uri("").toString().length()));

        assertThat(location(back).getQuery()).contains("error=login_required", "state=s-1");
    }

    @Test
    void a_pairwise_subject_is_not_the_uid() throws Exception {
        var client = site.addOpenIdClient(REDIRECT, Subjects.PAIRWISE);
        var code = codeIn(simulator.authorize(site, request(Map.of("client_id", client.id())), account));

        var tokens = json(exchange(code, Map.of("client_id", client.id(), "client_secret", client.secret())));

        assertThat(SignedJWT.parse(tokens.path("id_token").asText())
                        .getJWTClaimsSet()
                        .getSubject())
                .isNotEqualTo(account.uid());
    }

    @Test
    void a_client_may_authenticate_by_the_header() throws IOException {
        var credentials = Base64.getEncoder()
                .encodeToString((relyingParty.id() + ":"
                                + relyingParty
                                        .secret()
                                        .replace("+", "%2B")
                                        .replace("/", "%2F")
                                        .replace("=", "%3D"))
                        .getBytes(StandardCharsets.UTF_8));
        var parameters = new HashMap<>(exchangeParameters(code()));
        parameters.keySet().removeAll(Set.of("client_id", "client_secret"));

        var answer = client.send(path("/token").substring(1), parameters, "Authorization", "Basic " + credentials);

        assertThat(json(answer).has("id_token")).isTrue();
    }

    private String code() {
        return codeIn(simulator.authorize(site, request(Map.of()), account));
    }

    private static String codeIn(URI location) {
        assertThat(location.toString()).startsWith(REDIRECT + "?").contains("state=s-1");
        return location.getQuery().replaceAll("(?:.*&)?code=([^&]+).*", "$1");
    }

    private URI request(Map<String, String> others) {
        var parameters = new HashMap<>(Map.of(
                "client_id", relyingParty.id(),
                "redirect_uri", REDIRECT,
                "response_type", "code",
                "scope", "openid profile email",
                "state", "s-1",
                "nonce", "n-1",
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256"));
        parameters.putAll(others);
        return URI.create(simulator.openIdIssuer(site) + "/authorize?" + SimulatorClient.form(parameters));
    }

    private Map<String, String> exchangeParameters(String code) {
        return Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                VERIFIER,
                "client_id",
                relyingParty.id(),
                "client_secret",
                relyingParty.secret());
    }

    private HttpResponse<String> exchange(String code, Map<String, String> others) throws IOException {
        var parameters = new HashMap<>(exchangeParameters(code));
        parameters.putAll(others);
        return client.send(path("/token").substring(1), parameters);
    }

    private String path(String endpoint) {
        return "/oidc/op/v1.0/" + site.apiKey() + endpoint;
    }

    private static URI location(HttpResponse<String> answer) {
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    private static String error(HttpResponse<String> answer) throws IOException {
        return json(answer).path("error").asText();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return ExactJson.MAPPER.readTree(answer.body());
    }
}
