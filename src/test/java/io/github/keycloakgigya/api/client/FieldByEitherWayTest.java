package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.GigyaKey;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.GigyaTokens;
import io.github.keycloakgigya.token.SigningKeyCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sync finds a field by a search, a sign-in in a token. Were its value not the same, each would undo the other. */
class FieldByEitherWayTest extends AtLocalServer {

    private static final GigyaKey KEY = GigyaKey.of("key");
    private static final GigyaField FIELD = GigyaField.parse("data.x");
    private static final String UID = "uid-1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|1",
                "0|0",
                "-0|0",
                "-7|-7",
                "2147483648|2147483648",
                "9007199254740993|9007199254740993",
                "9223372036854775808|9223372036854775808",
                "123456789012345678901234567890|123456789012345678901234567890",
                "1.0|1.0",
                "1.10|1.10",
                "100.00|100.00",
                "-0.0|0.0",
                "0.1|0.1",
                "0.10000000000000000555|0.10000000000000000555",
                "1e3|1000",
                "1E+3|1000",
                "1.50e1|15.0",
                "1e-3|0.001",
                "1e400|1E+400",
                "1e999999999|1E+999999999",
                "1e2147483647|1E+2147483647",
                "-1e-999999999|-1E-999999999",
                "true|true",
                "false|false",
                "\" text \"|` text `",
                "\"1.10\"|1.10",
                "\"a\\u0000b\"|a\uFFFDb",
                "\"\\ud83d\\ude00\"|😀"
            })
    void a_value_is_the_same(String json, String value) throws GigyaException {
        assertThat(found(json).value(FIELD)).contains(value);
        assertThat(read(json).value(FIELD)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1.0,1e3,\"b\",\"a\",true,null,\"\",[],{}]",
                "[{\"b\":1.10,\"a\":[1E+3,null]},[2.50,1e999999999]]",
                "{\"z\":1.0,\"a\":{\"y\":1e3,\"b\":\"ä😀\"},\"list\":[],\"none\":null,\"text\":\"\"}",
                "{\"n\":123456789012345678901234567890.10}",
                "{\"type\":\"x\",\"@class\":\"java.util.Date\",\"0\":0.10}"
            })
    void lists_and_objects_have_the_same_values(String json) throws GigyaException {
        assertThat(found(json).values(FIELD))
                .isNotEmpty()
                .containsExactlyElementsOf(read(json).values(FIELD));
    }

    @Test
    void an_object_keeps_its_order_and_its_zeros() throws GigyaException {
        assertThat(found("{\"z\":1.10,\"a\":[2.0,1E+3]}").value(FIELD)).contains("{\"z\":1.10,\"a\":[2.0,1E+3]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "[]", "{}", "[null,\"\",[],{}]"})
    void what_is_null_or_empty_has_no_value_by_either_way(String json) throws GigyaException {
        assertThat(found(json).values(FIELD)).isEmpty();
        assertThat(read(json).values(FIELD)).isEmpty();
    }

    private static GigyaAccount found(String json) throws GigyaException {
        server.does(Behaviour.json("{\"errorCode\":0,\"time\":\"2026-03-01T12:00:00Z\",\"totalCount\":1,\"results\":"
                + "[{\"UID\":\"" + UID + "\",\"data\":{\"x\":" + json + "}}]}"));
        var page = clients.of(server.site()).nextPage("cursor");
        return GigyaAccount.of(page.accounts().get(0), page.answeredAt(), Set.of(FIELD));
    }

    private static GigyaAccount read(String json) throws GigyaException {
        var token = GigyaTokens.account(KEY, server.site().apiKey(), UID, Instant.now());
        var payload = token.payloadJson().replaceFirst("}$", "");
        var signed = GigyaTokens.signed(token.headerJson(), payload + ",\"data.x\":" + json + "}", KEY);
        server.does(
                Behaviour.json("{\"errorCode\":0,\"id_token\":\"" + signed + "\"}"),
                Behaviour.json("{\"errorCode\":0,\"keys\":[" + jwk(KEY.jwk()) + "]}"));
        var client = clients.of(server.site());
        var clock = Clock.systemUTC();
        var verifier = new GigyaTokenVerifier(
                new SigningKeyCache(clock, CallObserver.NONE).keysOf(client, CallGate.OPEN), clock);
        return new AccountReader(client, verifier, Duration.ofSeconds(60)).read(new Uid(UID), Set.of(FIELD));
    }

    private static String jwk(Map<String, Object> jwk) {
        return List.of("kty", "kid", "n", "e").stream()
                .map(name -> "\"" + name + "\":\"" + jwk.get(name) + "\"")
                .reduce((one, other) -> one + "," + other)
                .map(members -> "{" + members + "}")
                .orElseThrow();
    }
}
