package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import io.github.keycloakgigya.api.client.Reply.AnswerReader;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import io.github.keycloakgigya.fuzz.ForeignTexts;
import io.github.keycloakgigya.fuzz.Growth;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes back in an answer's place, or is typed in a key's, a host's or a name's, is taken or refused. */
class AnswerFuzzTest {

    private static final String FOUND = """
            {"callId":"call-1","errorCode":0,"time":"2026-03-01T12:00:00.250Z","totalCount":2,"nextCursorId":"cursor-2",
            "results":[{"UID":"uid-1","isActive":false,"isRegistered":true,"lastUpdatedTimestamp":1604997062123,
            "emails":{"verified":["a@x.example"]},"profile":{"firstName":"Ada","age":36.50},"data":{"level":[1,{"a":2}]}}]}""";
    private static final String FAILED = """
            {"callId":"call-1","errorCode":403005,"errorMessage":"no","errorDetails":"why","apiDomain":"eu1.gigya.com",
            "statusCode":403,"time":"2026-03-01T12:00:00Z"}""";
    private static final String ACCOUNT = """
            {"callId":"c","errorCode":0,"UID":"u","isActive":true,"isRegistered":true,"signatureTimestamp":"1700000000",
            "emails":{"verified":["a@x.example"],"unverified":[]},"lastLogin":"2026-03-01T12:00:00.000Z"}""";

    private static final String PEM = "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                    .encodeToString(RsaKeyPemTest.KEYS.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";

    private static Answer answer(String json) throws GigyaException {
        var reply = new Reply(200, Optional.empty(), Optional.empty(), json.getBytes(StandardCharsets.UTF_8));
        return new AnswerReader().read(ApiMethod.SEARCH, reply);
    }

    private static void readAsSearch(String json) throws GigyaException {
        SearchAnswer.page(answer(json));
    }

    private static void readMembers(String json) throws GigyaException {
        var answer = answer(json);
        answer.callId();
        answer.errorDetails();
        answer.suggestedDataCenter();
        answer.time("lastLogin");
        answer.requiredText("UID");
        answer.requiredBoolean("isActive");
        answer.requiredSeconds("signatureTimestamp");
        answer.texts("emails", "verified");
        answer.textIfAny("nextCursorId");
    }

    @Test
    void an_answer_is_understood_or_counts_as_an_outage() {
        ForeignTexts.readAll(List.of(FOUND, FAILED), AnswerFuzzTest::readAsSearch, GigyaException.class);
        ForeignTexts.readAll(List.of(ACCOUNT, FAILED), AnswerFuzzTest::readMembers, GigyaException.class);
    }

    @Test
    void a_key_is_read_or_refused_in_words_that_show_nothing_of_it() {
        ForeignTexts.readAll(
                List.of(PEM, PEM.replace(" PRIVATE", " RSA PRIVATE"), PEM.replace('\n', ' ')),
                RsaKeyPem::parse,
                IllegalArgumentException.class);
    }

    @Test
    void a_secret_is_read_or_refused() {
        ForeignTexts.readAll(List.of("c2VjcmV0IHNlY3JldA==", PEM), Secret::parse, IllegalArgumentException.class);
    }

    @Test
    void a_host_is_read_or_refused() {
        ForeignTexts.readAll(
                List.of("login.example.com", "login.example.com:8443", "xn--bcher-kva.example", "eu1.gigya.com"),
                text -> {
                    var domain = ApiDomain.custom(text);
                    assertThat(domain.endpoint("accounts.getJWT").getHost())
                            .isEqualTo(domain.name().split(":")[0]);
                    assertThat(domain.script().getScheme()).isEqualTo("https");
                },
                IllegalArgumentException.class);
    }

    @Test
    void a_text_in_a_query_stays_a_text() {
        ForeignTexts.readAll(List.of("ann@example.com", "o'neill\"", "a\\b", "*"), text -> {
            var condition = SearchCondition.isText("profile.email", text);
            condition.ifPresent(
                    written -> assertThat(written.text()).matches("profile\\.email = \"[^\"\\\\\\p{Cntrl}]+\""));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "\"a\",", "{},", "{\"UID\":\"u\"},", "9", "\\", " "})
    void a_longer_answer_takes_no_more_than_its_share_of_the_time(String part) {
        Growth.isLinear(
                length -> FOUND.replace("\"results\":[", "\"results\":[" + part.repeat(length / part.length())),
                AnswerFuzzTest::readAsSearch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN A-----", "-----BEGIN ", "-", "A", "-----BEGIN PRIVATE KEY----- ", "\\n"})
    void a_longer_key_takes_no_more_than_its_share_of_the_time(String part) {
        Growth.isLinear(length -> "-----BEGIN B-----" + part.repeat(length / part.length()), RsaKeyPem::parse);
        Growth.isLinear(length -> part.repeat(length / part.length()), RsaKeyPem::parse);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", "-", "a-", "1", ":", ".gigya.com"})
    void a_longer_host_or_text_takes_no_more_than_its_share_of_the_time(String part) {
        Growth.isLinear(length -> part.repeat(length / part.length()), ApiDomain::custom);
        Growth.isLinear(length -> part.repeat(250 / part.length()) + ":" + part.repeat(length), ApiDomain::custom);
        Growth.isLinear(length -> part.repeat(length / part.length()), text -> SearchCondition.isText("UID", text));
    }
}
