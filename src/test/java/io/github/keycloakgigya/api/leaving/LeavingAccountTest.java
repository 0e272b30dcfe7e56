package io.github.keycloakgigya.api.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount.LinkedIdentity;
import io.github.keycloakgigya.api.leaving.LeavingAccount.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of an answer, a search result or a line of a file about somebody who leaves. */
class LeavingAccountTest {

    @Test
    void an_account_is_read_with_what_goes_along() throws Exception {
        var account = read("""
                {"UID": "a", "isActive": true, "isRegistered": true, "lastLogin": "2026-11-01T08:00:00.000Z",
                 "password": {"created": "2024-05-06T07:08:09.000Z", "hash": "Ftek/KdELdo62TyacmWX5A==",
                              "hashSettings": {"algorithm": "md5"}},
                 "identities": [{"provider": "googleplus", "providerUID": "1234"}]}""").orElseThrow();

        assertThat(account.uid()).isEqualTo(new Uid("a"));
        assertThat(account.isOpen()).isTrue();
        assertThat(account.password()).map(StoredPassword::algorithm).contains("md5");
        assertThat(account.passwordCreated()).contains(Instant.parse("2024-05-06T07:08:09Z"));
        assertThat(account.isHashWithheld()).isFalse();
        assertThat(account.identities()).containsExactly(new LinkedIdentity("googleplus", "1234"));
        assertThat(account.lastLogin()).contains(Instant.parse("2026-11-01T08:00:00Z"));
        assertThat(account.source()).isEqualTo(Source.SEARCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"UID\": \"\"}",
                "{\"UID\": 7}",
                "{\"UID\": \"a\", \"isActive\": \"true\"}",
                "{\"UID\": \"a\", \"isActive\": 1}",
                "{\"UID\": \"a\", \"isRegistered\": \"yes\"}",
                "{\"UID\": \"a\", \"isRegistered\": {}}",
                "[]"
            })
    void what_describes_no_account_is_none(String json) throws Exception {
        assertThat(read(json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true",
        "true, false, false",
        "false, true, false",
        "null, true, true",
        "true, null, false",
    })
    void only_who_may_sign_in_at_gigya_is_open(String active, String registered, boolean open) throws Exception {
        var account = read("{\"UID\": \"a\", \"isActive\": %s, \"isRegistered\": %s}".formatted(active, registered));

        assertThat(account.orElseThrow().isOpen()).isEqualTo(open);
    }

    @Test
    void who_is_told_nothing_of_is_active_and_not_registered() throws Exception {
        var account = read("{\"UID\": \"a\"}").orElseThrow();

        assertThat(account.active()).isTrue();
        assertThat(account.registered()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"created\": \"2024-05-06T07:08:09.000Z\"} | true",
                "{\"hash\": \"Ftek/KdELdo62TyacmWX5A==\", \"hashSettings\": {\"algorithm\": \"md5\"}} | false",
                "{} | false",
            })
    void a_hash_is_withheld_where_only_the_passwords_time_is_told(String password, boolean withheld) throws Exception {
        var account = read("{\"UID\": \"a\", \"password\": %s}".formatted(password));

        assertThat(account.orElseThrow().isHashWithheld()).isEqualTo(withheld);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"provider\": \"site\", \"providerUID\": \"a\"}",
                "{\"provider\": \"facebook\", \"providerUID\": \"1\", \"allowsLogin\": false}",
                "{\"provider\": \"\", \"providerUID\": \"1\"}",
                "{\"provider\": \"facebook\", \"providerUID\": \" \"}",
                "{\"provider\": \"facebook\"}",
                "{\"providerUID\": \"1\"}",
                "\"facebook\"",
            })
    void an_identity_by_which_nobody_signs_in_elsewhere_is_left_out(String identity) throws Exception {
        assertThat(identities(identity)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"255, 1", "256, 0"})
    void an_identity_is_as_long_as_keycloak_stores_it(int length, int identities) throws Exception {
        assertThat(identities("{\"provider\": \"facebook\", \"providerUID\": \"%s\"}".formatted("x".repeat(length))))
                .hasSize(identities);
    }

    @Test
    void a_text_for_logs_shows_neither_the_person_nor_the_password() throws Exception {
        var account = read("""
                {"UID": "a-person", "password": {"hash": "Ftek/KdELdo62TyacmWX5A==", "hashSettings": {"algorithm": "md5"}},
                 "identities": [{"provider": "facebook", "providerUID": "a-profile"}]}""").orElseThrow();

        assertThat(account).hasToString("LeavingAccount[active=true, registered=false]");
        assertThat(account.password().orElseThrow()).hasToString("Hashed[md5]");
        assertThat(account.identities()).hasToString("[LinkedIdentity[facebook]]");
    }

    private static List<LinkedIdentity> identities(String identity) throws JsonProcessingException {
        return read("{\"UID\": \"a\", \"identities\": [%s]}".formatted(identity))
                .orElseThrow()
                .identities();
    }

    private static Optional<LeavingAccount> read(String json) throws JsonProcessingException {
        return LeavingAccount.of(new ObjectMapper().readTree(json), Source.SEARCH);
    }
}
