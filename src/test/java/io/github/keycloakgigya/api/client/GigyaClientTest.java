package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SectionQuery;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GigyaClientTest extends AtLocalServer {

    private static final GetJwtRequest JWT_REQUEST = new GetJwtRequest(
            new Uid("uid-1"), List.of("profile.firstName", "data.level"), Duration.ofSeconds(60), Optional.of("realm"));

    private final GigyaClient client = clients.of(server.site());

    @Test
    void a_token_is_asked_for_with_uid_fields_expiration_and_audience() throws GigyaException {
        server.does(Behaviour.json("""
                {"callId":"c1","errorCode":0,"apiVersion":2,"statusCode":200,"ignoredFields":"","id_token":"a.b.c"}"""));

        var answer = client.getJwt(JWT_REQUEST);

        assertThat(answer.idToken()).isEqualTo("a.b.c");
        assertThat(answer.ignoredFields()).isEmpty();
        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.getJWT HTTP/1.1");
        assertThat(server.onlyRequest().form())
                .containsEntry("targetUID", "uid-1")
                .containsEntry("fields", "profile.firstName,data.level")
                .containsEntry("expiration", "60")
                .containsEntry("audience", "realm");
    }

    @Test
    void a_token_without_fields_and_audience_sends_neither() throws GigyaException {
        server.does(Behaviour.json("{\"errorCode\":0,\"id_token\":\"a.b.c\"}"));

        client.getJwt(new GetJwtRequest(new Uid("uid-1"), List.of(), Duration.ofSeconds(60), Optional.empty()));

        assertThat(server.onlyRequest().form()).doesNotContainKeys("fields", "audience");
    }

    @Test
    void ignored_fields_are_reported() throws GigyaException {
        server.does(Behaviour.json(
                "{\"errorCode\":0,\"id_token\":\"a.b.c\",\"ignoredFields\":\"data.level, data.x,<b>mail@x.example\"}"));

        assertThat(client.getJwt(JWT_REQUEST).ignoredFields()).containsExactlyInAnyOrder("data.level", "data.x");
    }

    @Test
    void signing_keys_come_as_a_set() throws GigyaException {
        server.does(Behaviour.json("""
                {"callId":"c","errorCode":0,"keys":[
                  {"kty":"RSA","alg":"RS256","use":"sig","kid":"k1","n":"AQAB","e":"AQAB","x5c":["x"],"nothing":null},
                  {"kty":"RSA","kid":"k2","n":"AQAB","e":"AQAB"}]}"""));

        var keys = client.getJwtPublicKeys().keys();

        assertThat(keys).hasSize(2);
        assertThat(keys.get(0))
                .containsEntry("kid", "k1")
                .containsEntry("x5c", List.of("x"))
                .doesNotContainKey("nothing");
    }

    @Test
    void a_signing_key_comes_between_the_members_of_the_envelope() throws GigyaException {
        server.does(Behaviour.json("""
                {"alg":"RS256","apiVersion":2,"callId":"a98f","e":"AQAB","errorCode":0,"kid":"REQ0","kty":"RSA","n":"AQAB",
                 "statusCode":200,"statusReason":"OK","time":"2021-03-05T20:37:46.273Z","use":"sig"}"""));

        assertThat(client.getJwtPublicKeys().keys())
                .containsExactly(
                        Map.of("kty", "RSA", "alg", "RS256", "use", "sig", "kid", "REQ0", "n", "AQAB", "e", "AQAB"));
    }

    @Test
    void what_a_signing_key_is_for_comes_along_in_either_form() throws GigyaException {
        var key = "\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"key_ops\":[\"sign\"]";
        for (var answer : List.of("{\"errorCode\":0," + key + "}", "{\"errorCode\":0,\"keys\":[{" + key + "}]}")) {
            server.does(Behaviour.json(answer));

            assertThat(client.getJwtPublicKeys().keys())
                    .singleElement()
                    .satisfies(one -> assertThat(one).containsEntry("key_ops", List.of("sign")));
        }
        server.does(Behaviour.json("{\"errorCode\":0," + key.replace("[\"sign\"]", "\"verify\"") + "}"));
        assertUnavailable(client::getJwtPublicKeys);
    }

    @Test
    void signing_keys_are_asked_for_without_credentials() throws GigyaException {
        server.does(Behaviour.json("{\"errorCode\":0,\"keys\":[{\"kty\":\"RSA\"}]}"));

        client.getJwtPublicKeys();

        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.getJWTPublicKey HTTP/1.1");
        assertThat(server.onlyRequest().form()).containsOnlyKeys("V2", "apiKey", "format", "httpStatusCodes");
        assertThat(server.onlyRequest().form("V2")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorCode\":0}",
                "{\"errorCode\":0,\"keys\":[]}",
                "{\"errorCode\":0,\"keys\":{}}",
                "{\"errorCode\":0,\"keys\":[\"k\"]}",
                "{\"errorCode\":0,\"keys\":null,\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"errorCode\":0,\"kty\":\"RSA\",\"kid\":7,\"n\":\"AQAB\",\"e\":\"AQAB\"}"
            })
    void an_answer_without_a_signing_key_is_a_failure(String json) {
        server.does(Behaviour.json(json));

        assertUnavailable(client::getJwtPublicKeys);
    }

    @Test
    void an_accounts_state_is_read_with_its_verified_emails() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"UID":"uid-1","isActive":true,"emails":{"verified":["a@x.example"],"unverified":["b@x.example"]},
                 "lastLogin":"2020-11-10T08:31:41.59Z","lastLoginTimestamp":1}"""));

        var account = client.getAccountInfo(new Uid("uid-1"));

        assertThat(account.uid()).isEqualTo(new Uid("uid-1"));
        assertThat(account.active()).isTrue();
        assertThat(account.verifiedEmails()).containsExactly("a@x.example");
        assertThat(account.lastLogin()).contains(Instant.parse("2020-11-10T08:31:41.590Z"));
        assertThat(server.onlyRequest().form())
                .containsEntry("UID", "uid-1")
                .containsEntry("include", "emails,loginIDs");
    }

    @Test
    void an_accounts_state_tells_when_it_and_its_password_changed_and_nothing_else_of_the_password()
            throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"UID":"uid-1","isActive":true,"lastUpdated":"2020-11-10T08:31:41.5Z",
                 "password":{"hash":"h","created":"2020-11-09T08:31:41.59Z"}}"""));

        var account = client.getAccountInfo(new Uid("uid-1"));

        assertThat(account.lastUpdated()).contains(Instant.parse("2020-11-10T08:31:41.500Z"));
        assertThat(account.passwordCreated()).contains(Instant.parse("2020-11-09T08:31:41.590Z"));
        assertThat(account.sections()).isEqualTo(Map.of("password", Map.of("created", "2020-11-09T08:31:41.59Z")));
    }

    @Test
    void an_account_without_emails_and_sign_in_has_none() throws GigyaException {
        server.does(Behaviour.json("{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":false,\"lastLogin\":\"never\"}"));

        assertThat(client.getAccountInfo(new Uid("uid-1")))
                .isEqualTo(new AccountInfo(
                        new Uid("uid-1"),
                        false,
                        false,
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorCode\":0,\"isActive\":true}",
                "{\"errorCode\":0,\"UID\":\"another\",\"isActive\":true}",
                "{\"errorCode\":0,\"UID\":\"uid-1\"}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":\"true\"}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true,\"emails\":[]}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true,\"emails\":{\"verified\":\"a@x.example\"}}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true,\"emails\":{\"verified\":[1]}}"
            })
    void an_account_of_another_shape_or_uid_is_a_failure(String json) {
        server.does(Behaviour.json(json));

        assertUnavailable(() -> client.getAccountInfo(new Uid("uid-1")));
    }

    @Test
    void an_account_is_found_by_what_its_owner_signs_in_by() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"time":"2026-01-01T00:00:00.000Z","UID":"uid-1","isActive":true,"isRegistered":true,
                 "phoneNumber":"+491701234567","profile":{"firstName":"Ada"},"data":{"plan":"gold"},
                 "preferences":{"terms":{}}}"""));

        var page = client.find(
                new Identifier("_phoneNumber", "+491701234567"),
                EnumSet.of(AccountSection.PREFERENCES, AccountSection.COMMUNICATIONS));

        var account = page.accounts().get(0);
        assertThat(account.uid()).isEqualTo(new Uid("uid-1"));
        assertThat(account.value("profile.firstName")).isEqualTo("Ada");
        assertThat(account.value("data.plan")).isEqualTo("gold");
        assertThat(account.knows(AccountSection.COMMUNICATIONS)).isTrue();
        assertThat(page.answeredAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(server.onlyRequest().form())
                .containsEntry("findBy", "{\"_phoneNumber\":\"+491701234567\"}")
                .containsEntry("include", "profile,data,customIdentifiers,emails,loginIDs,preferences")
                .containsEntry("includeCommunications", "all")
                .doesNotContainKey("UID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"phoneNumber\":\"+15550000\"",
                "\"isActive\":\"yes\"",
                "\"UID\":7",
                "\"time\":\"now\"",
                "\"groups\":[]"
            })
    void an_answer_about_another_phone_number_or_of_another_shape_names_nobody(String wrong) {
        server.does(
                Behaviour.json("{\"errorCode\":0,\"time\":\"2026-01-01T00:00:00Z\",\"UID\":\"uid-1\",\"isActive\":true,"
                        + wrong + "}"));

        assertUnavailable(
                () -> client.find(new Identifier("_phoneNumber", "+491701234567"), Set.of(AccountSection.GROUPS)));
    }

    @ParameterizedTest
    @CsvSource({"403005, Unauthorized user", "400006, Invalid parameter value", "400004, Invalid parameter format"})
    void an_identifier_that_gigya_does_not_know_or_refuses_is_nobodys(int code, String details) {
        server.does(Behaviour.json("{\"errorCode\":%d,\"errorDetails\":\"%s\"}".formatted(code, details)));

        assertThatThrownBy(() -> client.find(new Identifier("loyaltyNumber", "12345678"), Set.of()))
                .isInstanceOfSatisfying(
                        GigyaException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.ACCOUNT_NOT_FOUND));
    }

    @Test
    void a_key_that_may_not_ask_proves_nothing() {
        server.does(Behaviour.json("{\"errorCode\":403007,\"errorDetails\":\"Permission denied\"}"));

        assertThatThrownBy(() -> client.find(new Identifier("loyaltyNumber", "12345678"), Set.of()))
                .isInstanceOfSatisfying(
                        GigyaException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.MISCONFIGURED));
    }

    @Test
    void sections_of_an_account_are_asked_for_and_read_with_exact_numbers() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"UID":"uid-1","isActive":true,"preferences":{"terms":{"tos":{"docVersion":1.0}}},
                 "communications":{"news_SMS":{"status":"OptIn"}},"profile":{"firstName":"Ada"}}"""));

        var account = client.getAccountInfo(new Uid("uid-1"), EnumSet.allOf(AccountSection.class));

        assertThat(account.value("preferences.terms.tos.docVersion")).isEqualTo(new BigDecimal("1.0"));
        assertThat(account.value("communications.news_SMS.status")).isEqualTo("OptIn");
        assertThat(account.value("groups.organizations")).isNull();
        assertThat(account.sections()).containsOnlyKeys("preferences", "communications");
        assertThat(server.onlyRequest().form())
                .containsEntry("include", "emails,loginIDs,preferences,subscriptions,groups")
                .containsEntry("includeCommunications", "all");
    }

    @Test
    void sections_of_another_shape_are_a_failure() {
        for (var groups : List.of("[]", "\"none\"", "1")) {
            server.does(
                    Behaviour.json("{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true,\"groups\":" + groups + "}"));

            assertUnavailable(() -> client.getAccountInfo(new Uid("uid-1"), Set.of(AccountSection.GROUPS)));
        }
    }

    @Test
    void subscriptions_are_searched_by_uid_and_those_of_others_are_left_out() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"results":[
                 {"UID":"uid-1","subscriptions":{"news":{"email":{"isSubscribed":true}}}},
                 {"UID":"uid-2"},
                 {"UID":"stranger","subscriptions":{"news":{"email":{"isSubscribed":true}}}}]}"""));

        var page = client.searchSection(
                new SectionQuery(AccountSection.SUBSCRIPTIONS, List.of(new Uid("uid-1"), new Uid("uid-2"))));

        assertThat(page.isWhole()).isTrue();
        assertThat(page.byUid())
                .containsOnly(
                        entry(new Uid("uid-1"), Map.of("news", Map.of("email", Map.of("isSubscribed", true)))),
                        entry(new Uid("uid-2"), Map.of()));
        assertThat(server.onlyRequest().form())
                .containsEntry(
                        "query",
                        "SELECT UID, subscriptions FROM emailAccounts WHERE UID in (\"uid-1\",\"uid-2\") LIMIT 5000");
    }

    @Test
    void communications_are_named_as_the_account_names_them() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"results":[
                 {"UID":"uid-1","topicId":"news","channelId":"SMS","status":"OptIn"},
                 {"UID":"uid-1","topicId":"offers","channelId":"email","status":"OptOut"}]}"""));

        var page = client.searchSection(new SectionQuery(AccountSection.COMMUNICATIONS, List.of(new Uid("uid-1"))));

        assertThat(page.byUid().get(new Uid("uid-1")))
                .containsOnly(
                        entry("news_SMS", Map.of("status", "OptIn")),
                        entry("offers_email", Map.of("status", "OptOut")));
        assertThat(server.onlyRequest().form())
                .containsEntry(
                        "query",
                        "SELECT UID, topicId, channelId, status FROM communications WHERE UID in (\"uid-1\") LIMIT 5000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorCode\":0}",
                "{\"errorCode\":0,\"results\":[{\"subscriptions\":{}}]}",
                "{\"errorCode\":0,\"results\":[{\"UID\":\"uid-1\",\"subscriptions\":[]}]}"
            })
    void what_is_no_answer_about_subscriptions_takes_none_away(String json) {
        server.does(Behaviour.json(json));

        assertUnavailable(
                () -> client.searchSection(new SectionQuery(AccountSection.SUBSCRIPTIONS, List.of(new Uid("uid-1")))));
    }

    @Test
    void a_uid_that_no_query_can_hold_is_never_sent() {
        assertUnavailable(() -> client.searchSection(
                new SectionQuery(AccountSection.SUBSCRIPTIONS, List.of(new Uid("a\") OR (\"\"=\"")))));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_login_sends_the_browsers_address_and_returns_the_uid() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"UID":"uid-1","isActive":true,"newUser":false,"sessionInfo":{"cookieValue":"v"}}"""));

        var uid = client.login(new LoginRequest("a+b@x.example", "p&=%+ä ß", Optional.of("192.0.2.7")));

        assertThat(uid).isEqualTo(new Uid("uid-1"));
        assertThat(server.onlyRequest().form())
                .containsEntry("loginID", "a+b@x.example")
                .containsEntry("password", "p&=%+ä ß")
                .containsEntry("clientContext", "{\"clientIP\":\"192.0.2.7\"}")
                .containsKey("sig");
    }

    @Test
    void a_login_whose_registration_is_pending_returns_no_uid() {
        server.does(Behaviour.json("""
                {"errorCode":206001,"UID":"uid-1","id_token":"a.b.c","isRegistered":true,"statusCode":206}"""));

        var failure = failureOf(() -> client.login(new LoginRequest("a", "b", Optional.empty())));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCOUNT_INCOMPLETE);
        assertThat(server.onlyRequest().form()).doesNotContainKey("clientContext");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1604997062", "\"1604997062\""})
    void a_uid_signature_is_exchanged_whatever_type_the_timestamp_has(String timestamp) throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"UID":"uid-1","UIDSignature":"bmV3","signatureTimestamp":%s}""".formatted(timestamp)));

        var exchanged = client.exchangeUidSignature(
                new UidSignature(new Uid("uid-1"), "b2xk+/==", Instant.ofEpochSecond(1604997000)));

        assertThat(exchanged).isEqualTo(new UidSignature(new Uid("uid-1"), "bmV3", Instant.ofEpochSecond(1604997062)));
        assertThat(server.onlyRequest().form())
                .containsEntry("UID", "uid-1")
                .containsEntry("UIDSignature", "b2xk+/==")
                .containsEntry("signatureTimestamp", "1604997000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorCode\":0,\"UID\":\"another\",\"UIDSignature\":\"bmV3\",\"signatureTimestamp\":1}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"signatureTimestamp\":1}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"UIDSignature\":\"bmV3\"}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"UIDSignature\":\"bmV3\",\"signatureTimestamp\":-1}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"UIDSignature\":\"bmV3\",\"signatureTimestamp\":\"soon\"}",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"UIDSignature\":\"bmV3\",\"signatureTimestamp\":1e99}"
            })
    void an_exchange_of_another_shape_or_uid_is_a_failure(String json) {
        server.does(Behaviour.json(json));

        assertUnavailable(() -> client.exchangeUidSignature(new UidSignature(new Uid("uid-1"), "b2xk", Instant.EPOCH)));
    }

    @Test
    void a_logout_names_the_account() throws GigyaException {
        server.does(Behaviour.json("{\"connectedProviders\":\"site\",\"UID\":\"uid-1\",\"errorCode\":0}"));

        client.logout(new Uid("uid-1"));

        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.logout HTTP/1.1");
        assertThat(server.onlyRequest().form()).containsEntry("UID", "uid-1");
    }

    @Test
    void a_missing_error_code_is_success_only_with_what_was_asked_for() throws GigyaException {
        server.does(Behaviour.json("{\"id_token\":\"a.b.c\"}"));
        assertThat(client.getJwt(JWT_REQUEST).idToken()).isEqualTo("a.b.c");

        server.does(Behaviour.json("{}"));
        assertUnavailable(() -> client.getJwt(JWT_REQUEST));
        assertUnavailable(() -> client.logout(new Uid("uid-1")));

        server.does(Behaviour.json("{\"id_token\":\"a.b.c\",\"errorMessage\":\"failed\"}"));
        assertUnavailable(() -> client.getJwt(JWT_REQUEST));

        server.does(Behaviour.json("{\"id_token\":\"a.b.c\",\"statusCode\":403}"));
        assertUnavailable(() -> client.getJwt(JWT_REQUEST));
    }

    private static void assertUnavailable(GigyaCall call) {
        assertThat(failureOf(call).kind()).isEqualTo(UNAVAILABLE);
    }
}
