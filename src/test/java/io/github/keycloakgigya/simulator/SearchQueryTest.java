package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest extends SimulatorTest {

    SearchQueryTest() {
        site.add(Account.builder()
                .uid("ann")
                .verifiedEmail("Ann@Example.com")
                .profile("firstName", "Ann")
                .profile("birthYear", 1981)
                .data("tags", List.of("tea", "Go"))
                .data("address.city", "Ulm")
                .lastUpdated(Instant.ofEpochMilli(1_000_500)));
        site.add(Account.builder()
                .uid("bob")
                .username("bob")
                .unverifiedEmail("bob@example.com")
                .profile("firstName", "Bo'b")
                .profile("birthYear", 1990.5)
                .data("vip", true)
                .lastUpdated(Instant.ofEpochMilli(2_000_000))
                .disabled());
        site.add(Account.builder()
                .uid("cleo")
                .verifiedEmail("cleo@example.com")
                .profile("firstName", "Cléo")
                .lastUpdated(Instant.ofEpochMilli(3_000_000))
                .pendingRegistration());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UID = "ann"                                                    | ann
            UID = "ANN"                                                    |
            UID in ("bob","ann")                                           | ann,bob
            UID in ("ANN")                                                 |
            profile.firstName = "Bo'b"                                     | bob
            profile.firstName = "ann"                                      |
            profile.firstName = "Cléo"                                     | cleo
            profile.firstName CONTAINS "LÉ"                                | cleo
            profile.firstName NOT CONTAINS "n"                             | bob,cleo
            profile.firstName != "Ann"                                     | bob,cleo
            profile.email = "ann@example.COM"                              | ann
            emails.verified = "ANN@example.com"                            | ann
            emails.unverified = "bob@example.com"                          | bob
            loginIDs.emails CONTAINS "cleo@example.com"                    | cleo
            loginIDs.emails CONTAINS "cleo"                                |
            loginIDs.username = "BOB"                                      | bob
            profile.email CONTAINS "EXAMPLE"                               | ann,bob,cleo
            profile.birthYear > 1980                                       | ann,bob
            profile.birthYear >= 1990.50                                   | bob
            profile.birthYear = "1981"                                     |
            data.tags CONTAINS "tea"                                       | ann
            data.tags CONTAINS "te"                                        |
            data.tags CONTAINS "go"                                        |
            data.address.city = "Ulm"                                      | ann
            data.vip = true                                                | bob
            data.never = "x"                                               |
            isActive = false                                               | bob
            isRegistered = false                                           | cleo
            isVerified = true AND isActive = true                          | ann,cleo
            lastUpdatedTimestamp > 1000500                                 | bob,cleo
            lastUpdatedTimestamp >= 1000500 and lastUpdatedTimestamp < 3000000 | ann,bob
            lastUpdatedTimestamp <= 2000000                                | ann,bob
            createdTimestamp = 1000000                                     | ann
            UID = "ann" OR UID = "bob" AND isActive = true                 | ann
            (UID = "ann" OR UID = "bob") AND isActive = false              | bob
            ((UID = "cleo"))                                               | cleo
            """)
    void a_condition_finds_whom_it_says(String condition, String uids) {
        assertThat(uids("SELECT UID FROM accounts WHERE " + condition + " ORDER BY UID"))
                .isEqualTo(uids == null ? "" : uids);
    }

    @Test
    void what_a_search_of_accounts_leaves_out_has_sources_of_its_own() {
        var ann = site.account("ann").orElseThrow();
        ann.setSubscription("news.email.isSubscribed", true);
        ann.setCommunication("news", "SMS", "OptIn");
        ann.setPreference("terms.tos.isConsentGranted", true);
        ann.join("acme", "buyer");

        assertThat(search("SELECT UID, preferences.terms.tos.isConsentGranted, groups.organizations FROM accounts"
                                + " WHERE UID = \"ann\"")
                        .path("results")
                        .toString())
                .isEqualTo(
                        "[{\"UID\":\"ann\",\"preferences\":{\"terms\":{\"tos\":{\"isConsentGranted\":true}}},"
                                + "\"groups\":{\"organizations\":[{\"orgId\":\"acme\",\"roles\":[\"buyer\"],\"status\":\"active\"}]}}]");
        assertThat(search("SELECT UID, subscriptions FROM emailAccounts WHERE UID in (\"ann\",\"bob\")")
                        .path("results")
                        .toString())
                .isEqualTo("[{\"UID\":\"ann\",\"subscriptions\":{\"news\":{\"email\":{\"isSubscribed\":true}}}},"
                        + "{\"UID\":\"bob\",\"subscriptions\":{}}]");
        assertThat(search("SELECT UID, topicId, channelId, status FROM communications WHERE UID in (\"ann\",\"bob\")")
                        .path("results")
                        .toString())
                .isEqualTo("[{\"UID\":\"ann\",\"topicId\":\"news\",\"channelId\":\"SMS\",\"status\":\"OptIn\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ORDER BY lastUpdatedTimestamp ASC             | ann,bob,cleo
            ORDER BY lastUpdatedTimestamp DESC            | cleo,bob,ann
            ORDER BY profile.birthYear DESC               | bob,ann,cleo
            ORDER BY profile.birthYear                    | ann,bob,cleo
            ORDER BY UID ASC START 1 LIMIT 1              | bob
            order by UID desc limit 2                     | cleo,bob
            ORDER BY UID START 9                          |
            """)
    void order_start_and_limit_are_kept(String clauses, String uids) {
        assertThat(uids("SELECT UID FROM accounts " + clauses)).isEqualTo(uids == null ? "" : uids);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT UID",
                "SELECT FROM accounts",
                "SELECT UID, FROM accounts",
                "SELECT UID profile.email FROM accounts",
                "SELECT password FROM accounts",
                "SELECT created FROM accounts",
                "SELECT UID FROM user",
                "SELECT UID FROM Accounts",
                "UPDATE accounts",
                "SELECT UID FROM accounts;",
                "SELECT UID FROM accounts WHERE",
                "SELECT UID FROM accounts WHERE UID",
                "SELECT UID FROM accounts WHERE UID =",
                "SELECT UID FROM accounts WHERE UID = ann",
                "SELECT UID FROM accounts WHERE UID = 'ann'",
                "SELECT UID FROM accounts WHERE UID = \"a\\\"n\"",
                "SELECT UID FROM accounts WHERE UID = \"a\\n\"",
                "SELECT UID FROM accounts WHERE UID = \"a\"\"n\"",
                "SELECT UID FROM accounts WHERE UID = \"a",
                "SELECT UID FROM accounts WHERE UID = \"a\nb\"",
                "SELECT UID FROM accounts WHERE UID == \"ann\"",
                "SELECT UID FROM accounts WHERE UID <> \"ann\"",
                "SELECT UID FROM accounts WHERE UID LIKE \"ann\"",
                "SELECT UID FROM accounts WHERE UID IN ()",
                "SELECT UID FROM accounts WHERE UID IN (7)",
                "SELECT UID, subscriptions FROM accounts",
                "SELECT UID, profile FROM communications",
                "SELECT UID FROM accounts WHERE NOT UID = \"ann\"",
                "SELECT UID FROM accounts WHERE UID = 7",
                "SELECT UID FROM accounts WHERE isActive = \"true\"",
                "SELECT UID FROM accounts WHERE isActive > true",
                "SELECT UID FROM accounts WHERE lastUpdatedTimestamp > \"0\"",
                "SELECT UID FROM accounts WHERE profile = \"x\"",
                "SELECT UID FROM accounts WHERE (UID = \"ann\"",
                "SELECT UID FROM accounts WHERE UID = \"ann\")",
                "SELECT UID FROM accounts WHERE UID = \"ann\" UID = \"bob\"",
                "SELECT UID FROM accounts WHERE UID = \"ann\" AND",
                "SELECT UID FROM accounts LIMIT 5 WHERE UID = \"ann\"",
                "SELECT UID FROM accounts LIMIT 5 START 1",
                "SELECT UID FROM accounts LIMIT 5 ORDER BY UID",
                "SELECT UID FROM accounts ORDER BY data",
                "SELECT UID FROM accounts ORDER BY UID, isActive",
                "SELECT UID FROM accounts GROUP BY UID",
                "SELECT count(*) FROM accounts",
                "SELECT UID FROM accounts LIMIT 0",
                "SELECT UID FROM accounts LIMIT -1",
                "SELECT UID FROM accounts LIMIT 1.5",
                "SELECT UID FROM accounts LIMIT 10001",
                "SELECT UID FROM accounts START 9999 LIMIT 2",
            })
    void what_is_not_the_language_is_refused_and_not_repeated(String query) {
        var answer = search(query);
        assertRefused(answer, query.isEmpty() ? 400002 : 400006);
        assertThat(answer.has("results")).isFalse();
        assertThat(answer.path("errorDetails").asText()).doesNotContain("ann", "accounts");
    }

    @Test
    void conditions_that_are_nested_too_deep_are_refused() {
        assertRefused(
                search("SELECT UID FROM accounts WHERE " + "(".repeat(5000) + "UID = \"a\"" + ")".repeat(5000)),
                400006);
        assertRefused(search("SELECT UID FROM accounts WHERE UID = \"" + "a".repeat(70_000) + "\""), 400006);
    }

    private String uids(String query) {
        return String.join(",", assertOk(search(query)).path("results").findValuesAsText("UID"));
    }

    private JsonNode search(String query) {
        return client.callSigned(site, "accounts.search", Map.of("query", query));
    }
}
