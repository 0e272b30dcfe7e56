package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.client.ApiCalls.ServerClock;
import io.github.keycloakgigya.api.client.FormRequest.SignatureBaseString;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is logged by mistake shows no secret, no token and nothing of a person. */
class SecrecyTest {

    private static final String EMAIL = "mail@x.example";
    private static final Secret SECRET = Secret.parse(Clients.SECRET);
    private static final List<String> HIDDEN = List.of(
            Clients.SECRET,
            "hunter2",
            "e30.e30.c2ln",
            EMAIL,
            ((RSAPrivateKey) RsaKeyPemTest.KEYS.getPrivate())
                    .getPrivateExponent()
                    .toString());

    private static final SearchCondition CONDITION =
            SearchCondition.isText("profile.email", EMAIL).orElseThrow();
    private static final FoundAccount FOUND = new FoundAccount(
            new Uid(EMAIL),
            true,
            true,
            Set.of(EMAIL),
            Set.of(EMAIL),
            Optional.of(Instant.EPOCH),
            Map.of("data", Map.of(EMAIL, EMAIL)));

    static Stream<Object> values() throws GigyaException {
        var form = FormRequest.to(URI.create("https://x.example/m"), Map.of("UID", EMAIL, "password", "hunter2"));
        var bearer = RequestAuthorization.bearer("AKey", RsaKeyPemTest.KEYS.getPrivate());
        return Stream.of(
                SECRET,
                RequestAuthorization.signature(Optional.of("AKey"), SECRET),
                RequestAuthorization.secret(Optional.of("AKey"), SECRET),
                bearer,
                form,
                form.withBearerToken("e30.e30.c2ln"),
                RequestAuthorization.secret(Optional.empty(), SECRET).authorize(form, Instant.EPOCH),
                bearer.authorize(form, Instant.EPOCH),
                new SignatureBaseString("POST", form.url(), new TreeMap<>(form.parameters())),
                new Reply(200, Optional.empty(), Optional.empty(), new byte[0]),
                new GetJwtRequest(new Uid(EMAIL), List.of("email"), Duration.ofSeconds(1), Optional.empty()),
                new JwtAnswer("e30.e30.c2ln", Set.of()),
                new AccountInfo(
                        new Uid(EMAIL),
                        true,
                        true,
                        Set.of(EMAIL),
                        Set.of(EMAIL),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()),
                new UidSignature(new Uid(EMAIL), Clients.SECRET, Instant.EPOCH),
                new LoginRequest(EMAIL, "hunter2", Optional.empty()),
                FOUND,
                new SearchPage(List.of(FOUND), 0, 1, Optional.of(EMAIL), Instant.EPOCH),
                CONDITION,
                SearchCondition.allOf(CONDITION, SearchCondition.anyOf(CONDITION, CONDITION)),
                new SearchQuery(Set.of("data.x"), Optional.of(CONDITION), Optional.empty(), 0, 1));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_hides_what_is_secret(Object value) {
        assertThat(value.toString()).isNotBlank().doesNotContain(HIDDEN);
    }

    @Test
    void a_failure_and_its_causes_hide_what_was_sent_and_answered() throws IOException {
        try (var server = new LocalServer();
                var clients = new Clients()) {
            var client = clients.of(
                    server.site(),
                    RequestAuthorization.secret(Optional.of("AKey"), SECRET),
                    new ServerClock(),
                    Clients.LIMITS);
            for (var behaviour : List.of(
                    Behaviour.json("{\"errorCode\":403042,\"errorDetails\":\"hunter2 of " + EMAIL + "\"}"),
                    Behaviour.json("hunter2 " + EMAIL),
                    Behaviour.json("{\"" + EMAIL + "\":1,\"" + EMAIL + "\":2}"),
                    Behaviour.json("{\"errorCode\":\"" + EMAIL + "\"}"),
                    Behaviour.json("{\"UID\":7,\"email\":\"" + EMAIL + "\"}"),
                    Behaviour.http("500 " + EMAIL, "", EMAIL),
                    Behaviour.http("302 Found", "Location: https://x.example/" + EMAIL + "\r\n", EMAIL),
                    Behaviour.http("200 OK", "Content-Encoding: " + EMAIL + "\r\n", EMAIL),
                    Behaviour.http("200 OK", "Transfer-Encoding: " + EMAIL + "\r\n", EMAIL),
                    Behaviour.http("200 OK", "Transfer-Encoding: chunked\r\n", EMAIL + "\r\n"),
                    Behaviour.http("200 OK", EMAIL + "\r\n", EMAIL),
                    Behaviour.halfAnswer(),
                    Behaviour.hangUp())) {
                server.does(behaviour);

                var failure = failureOf(() -> client.login(new LoginRequest(EMAIL, "hunter2", Optional.empty())));

                assertThat(stackTrace(failure)).doesNotContain(HIDDEN);
            }
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
