package io.github.keycloakgigya.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.ServerFailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What Gigya's browser script does for a person, without the browser: sign in, and ask for a token. */
final class GigyaSession {

    private final HttpClient http;
    private final String domain;
    private final String apiKey;
    private final String loginToken;

    private GigyaSession(HttpClient http, String domain, String apiKey, String loginToken) {
        this.http = http;
        this.domain = domain;
        this.apiKey = apiKey;
        this.loginToken = loginToken;
    }

    /**
     * Signs a person in with {@code accounts.login}.
     *
     * @param domain the API domain, {@code host:port}
     * @param certificate the authority that issued the domain's certificate
     */
    static GigyaSession open(String domain, X509Certificate certificate, String apiKey, DemoAccount account) {
        HttpClient http =
                HttpClient.newBuilder().sslContext(trusting(certificate)).build();
        JsonNode answer = call(
                http,
                domain,
                "accounts.login",
                Map.of("apiKey", apiKey, "loginID", account.loginId(), "password", account.password()));
        return new GigyaSession(
                http, domain, apiKey, answer.at("/sessionInfo/cookieValue").textValue());
    }

    /**
     * {@return a token that proves to one audience whose session this is} Calls {@code accounts.getJWT}.
     *
     * @param lifetime in seconds
     */
    String idToken(String audience, String lifetime) {
        return call(
                        http,
                        domain,
                        "accounts.getJWT",
                        Map.of(
                                "apiKey",
                                apiKey,
                                "login_token",
                                loginToken,
                                "audience",
                                audience,
                                "expiration",
                                lifetime))
                .path("id_token")
                .textValue();
    }

    private static JsonNode call(HttpClient http, String domain, String method, Map<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + domain + "/" + method))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try {
            JsonNode answer =
                    Json.parse(http.send(request, BodyHandlers.ofString()).body());
            if (answer.path("errorCode").asInt(-1) != 0) {
                throw new ServerFailureException(method + " answered " + answer.path("errorCode") + " "
                        + answer.path("errorMessage").asText() + " ("
                        + answer.path("errorDetails").asText() + ")");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailureException("Interrupted while " + method + " was called.");
        }
    }

    private static SSLContext trusting(X509Certificate certificate) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("site", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The site's certificate is not usable.", e);
        }
    }
}
