package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.client.ApiCalls.ServerClock;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.RecordedCall;
import io.github.keycloakgigya.simulator.Site;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.SigningKeyCache;
import io.github.keycloakgigya.token.TokenExpectation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.ssl.SSLContexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The request, row by row of the vendor's reference of accounts.getJWT: what is sent, and what Gigya makes of it. */
class GetJwtParametersTest {

    private static final String METHOD = "accounts.getJWT";
    private static final String PASSWORD = "changeit";
    private static final ApplicationKey APPLICATION = ApplicationKey.random();

    private static GigyaSimulator gigya;
    private static Site site;
    private static Account account;
    private static CloseableHttpClient http;
    private static Deadlines watchdog;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, GeneralSecurityException {
        gigya = GigyaSimulator.start();
        site = gigya.addSite(Site.builder().applicationKey(APPLICATION));
        account = site.add(Account.builder()
                .verifiedEmail("row@example.com")
                .profile("firstName", "Row")
                .data("member.level", 3));
        var trust = gigya.writeTrustStore(directory.resolve("trust.p12"), PASSWORD);
        http = HttpClients.custom()
                .setSSLContext(SSLContexts.custom()
                        .loadTrustMaterial(trust.toFile(), PASSWORD.toCharArray())
                        .build())
                .build();
        watchdog = new Deadlines();
    }

    @AfterAll
    static void stop() throws IOException {
        watchdog.close();
        http.close();
        gigya.close();
    }

    @Test
    @DisplayName("apiKey: The API key of the target site containing the existing user's data.")
    void api_key() throws Exception {
        assertThat(claims(ask("profile.firstName")).getStringClaim("apiKey")).isEqualTo(site.apiKey());
        assertThat(lastCall().parameter("apiKey")).contains(site.apiKey());

        var unknown = new GigyaSite(domain(), "3_" + "u".repeat(64));
        var failure = failureOf(() -> client(unknown, partner()).getJwt(request(account.uid())));
        assertThat(failure.kind()).isEqualTo(FailureKind.MISCONFIGURED);
        assertThat(failure.errorCode()).hasValue(400093);
    }

    @Test
    @DisplayName("secret: The partner secret or both an application/user key and its corresponding secret.")
    void secret() throws Exception {
        client(site(), RequestAuthorization.secret(Optional.empty(), secretOf(site.partnerSecret())))
                .getJwt(request(account.uid()));
        assertThat(lastCall().parameter("secret")).contains(site.partnerSecret());
        assertThat(lastCall().parameter("userKey")).isEmpty();

        client(site(), partner()).getJwt(request(account.uid()));
        assertThat(lastCall().parameters().values())
                .as("a signed request does not hold the secret")
                .doesNotContain(site.partnerSecret());
    }

    @Test
    @DisplayName("userKey: The userKey associated with the secret, if not using a partner secret.")
    void user_key() throws Exception {
        var userKey = Optional.of(APPLICATION.userKey());
        for (var authorization : List.of(
                RequestAuthorization.secret(userKey, secretOf(APPLICATION.secret())),
                RequestAuthorization.signature(userKey, secretOf(APPLICATION.secret())))) {
            client(site(), authorization).getJwt(request(account.uid()));
            assertThat(lastCall().parameter("userKey")).isEqualTo(userKey);
        }

        var mixedUp = RequestAuthorization.secret(userKey, secretOf(site.partnerSecret()));
        assertThat(failureOf(() -> client(site(), mixedUp).getJwt(request(account.uid())))
                        .kind())
                .isEqualTo(FailureKind.MISCONFIGURED);
    }

    @Test
    @DisplayName("targetUID: The UID of the user whose data is being requested. Must be a user for the site.")
    void target_uid() throws Exception {
        assertThat(claims(ask("profile.firstName")).getSubject()).isEqualTo(account.uid());
        assertThat(lastCall().parameter("targetUID")).contains(account.uid());

        var stranger = gigya.addSite(Site.builder()).add(Account.builder().verifiedEmail("stranger@example.com"));
        assertThat(failureOf(() -> client().getJwt(request(stranger.uid()))).kind())
                .isEqualTo(FailureKind.ACCOUNT_NOT_FOUND);
    }

    @Test
    @DisplayName("fields: Any existing profile and/or data fields to explicitly return in the JWT, comma delimited.")
    void fields() throws Exception {
        var claims = claims(ask("profile.firstName", "data.member.level"));
        assertThat(claims.getStringClaim("profile.firstName")).isEqualTo("Row");
        assertThat(claims.getLongClaim("data.member.level")).isEqualTo(3);
        assertThat(lastCall().parameter("fields")).contains("profile.firstName,data.member.level");

        assertThat(claims(ask()).getClaims()).doesNotContainKeys("profile.firstName", "firstName");
        assertThat(lastCall().parameter("fields")).isEmpty();
    }

    @Test
    @DisplayName("fields: When requesting profile fields, it is not necessary to prepend 'profile.'")
    void fields_without_prefix() throws Exception {
        assertThat(claims(ask("firstName")).getStringClaim("firstName")).isEqualTo("Row");
    }

    @Test
    @DisplayName("expiration: The TTL of the returned JWT, in seconds. If not passed, the default is 300.")
    void expiration() throws Exception {
        var claims = claims(ask("profile.firstName"));

        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(45));
        assertThat(lastCall().parameter("expiration")).contains("45");
    }

    @Test
    @DisplayName("format: Determines the format of the response: json (default), jsonp.")
    void format() throws Exception {
        ask("profile.firstName");
        assertThat(lastCall().parameter("format")).contains("json");
    }

    @Test
    @DisplayName("callback: This parameter is required only when the format parameter is set to jsonp.")
    void callback() throws Exception {
        ask("profile.firstName");
        assertThat(lastCall().parameters()).doesNotContainKey("callback");
    }

    @Test
    @DisplayName("httpStatusCodes: The default value is false: the HTTP status is always 200, even if an error occurs.")
    void http_status_codes() throws Exception {
        ask("profile.firstName");
        assertThat(lastCall().parameter("httpStatusCodes")).contains("false");
    }

    @Test
    @DisplayName("Each REST API request must contain identification and authorization parameters.")
    void authorization_parameters() throws Exception {
        ask("profile.firstName");

        assertThat(lastCall().verb()).isEqualTo("POST");
        assertThat(lastCall().parameters()).containsKeys("apiKey", "sig", "timestamp", "nonce");
        assertThat(lastCall().unknownParameters())
                .as("nothing that Gigya does not know")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "us1, accounts.us1.gigya.com",
        "eu1, accounts.eu1.gigya.com",
        "au1, accounts.au1.gigya.com",
        "ru1, accounts.ru1.gigya.com",
        "cn1, accounts.cn1.sapcdm.cn"
    })
    @DisplayName("Request URL, where <Data_Center> is: US, European, Australian, Russian, Chinese data center.")
    void request_url(String dataCenter, String host) {
        var domain = ApiDomain.of(Arrays.stream(DataCenter.values())
                .filter(each -> each.id().equals(dataCenter))
                .findFirst()
                .orElseThrow());

        assertThat(domain.endpoint(METHOD)).hasToString("https://" + host + "/" + METHOD);
    }

    @Test
    @DisplayName(
            "You can validate the JWT using the originating site's public key returned from accounts.getJWTPublicKey")
    void validation() throws Exception {
        var client = client();
        var verifier = new GigyaTokenVerifier(
                new SigningKeyCache(Clock.systemUTC(), CallObserver.NONE).keysOf(client, CallGate.OPEN),
                Clock.systemUTC());

        var verified = verifier.verify(
                client.getJwt(request(account.uid())).idToken(),
                TokenExpectation.answerAbout(new Uid(account.uid()), site.apiKey(), Duration.ofSeconds(60)));

        assertThat(verified.subject()).isEqualTo(account.uid());
        assertThat(lastCall().method()).isEqualTo("accounts.getJWTPublicKey");
    }

    private static JwtAnswer ask(String... fields) throws GigyaException {
        return client().getJwt(new GetJwtRequest(
                new Uid(account.uid()), List.of(fields), Duration.ofSeconds(45), Optional.empty()));
    }

    private static GetJwtRequest request(String uid) {
        return new GetJwtRequest(new Uid(uid), List.of(), Duration.ofSeconds(60), Optional.empty());
    }

    private static JWTClaimsSet claims(JwtAnswer answer) throws ParseException {
        return SignedJWT.parse(answer.idToken()).getJWTClaimsSet();
    }

    private static RecordedCall lastCall() {
        return gigya.calls().all().get(gigya.calls().all().size() - 1);
    }

    private static GigyaClient client() {
        return client(site(), partner());
    }

    private static GigyaClient client(GigyaSite of, RequestAuthorization authorization) {
        return new GigyaClient(
                of, authorization, http, new ServerClock(), watchdog, Clients.LIMITS, CallGate.OPEN, CallObserver.NONE);
    }

    private static RequestAuthorization partner() {
        return RequestAuthorization.signature(Optional.empty(), secretOf(site.partnerSecret()));
    }

    private static Secret secretOf(String base64) {
        return Secret.parse(base64);
    }

    private static GigyaSite site() {
        return new GigyaSite(domain(), site.apiKey());
    }

    private static ApiDomain domain() {
        return ApiDomain.custom(gigya.apiDomain());
    }
}
