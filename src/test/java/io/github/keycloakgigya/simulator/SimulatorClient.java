package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A plain HTTP client for tests of the simulator, which trusts its authority and nobody else. */
final class SimulatorClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GigyaSimulator simulator;
    private final HttpClient http;

    SimulatorClient(GigyaSimulator simulator) {
        this.simulator = simulator;
        this.http = HttpClient.newBuilder()
                .sslContext(trusting(simulator))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static SSLContext trusting(GigyaSimulator simulator) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("simulator", simulator.certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    HttpResponse<String> send(String method, Map<String, String> parameters, String... headers) throws IOException {
        var request = HttpRequest.newBuilder(simulator.uri("/" + method))
                .timeout(Duration.ofSeconds(2))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(parameters)));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException {
        var request = HttpRequest.newBuilder(simulator.uri(path)).timeout(Duration.ofSeconds(2));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    JsonNode call(String method, Map<String, String> parameters, String... headers) {
        try {
            return JSON.readTree(send(method, parameters, headers).body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Calls with the partner secret over TLS. */
    JsonNode callAsPartner(Site site, String method, Map<String, String> parameters) {
        return call(method, with(parameters, "apiKey", site.apiKey(), "secret", site.partnerSecret()));
    }

    /** Calls with a right signature of the partner secret. */
    JsonNode callSigned(Site site, String method, Map<String, String> parameters) {
        return call(method, sign(site.partnerSecret(), method, with(parameters, "apiKey", site.apiKey())));
    }

    /** {@return the parameters with timestamp, nonce and signature} Those that are there already stay. */
    Map<String, String> sign(String secret, String method, Map<String, String> parameters) {
        var signed = new TreeMap<>(parameters);
        signed.putIfAbsent("timestamp", Long.toString(Instant.now().getEpochSecond()));
        signed.putIfAbsent("nonce", UUID.randomUUID().toString());
        var url = URI.create("https://" + simulator.apiDomain() + "/" + method);
        signed.put("sig", HmacSha1.withSecret(secret).sign(new RequestSignature("POST", url, signed).baseString()));
        return signed;
    }

    static Map<String, String> with(Map<String, String> parameters, String... namesAndValues) {
        var all = new TreeMap<>(parameters);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return all;
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
